// Package amended has shapes that were judged wrongly once.
package amended

import (
	"errors"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var (
	errSignature = errors.New("wrong signature")
	errFailed    = errors.New("failed")
)

// must ends on an error and hands the value on.
func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func mustGet(rc *sdk.RongCloud) sdk.Group { return must(rc.GroupGet("g")) }

func mustPlain(g sdk.Group, err error) sdk.Group {
	if err != nil {
		panic(err)
	}
	return g
}

func plainGet(rc *sdk.RongCloud) sdk.Group { return mustPlain(rc.GroupGet("g")) }

// unasked does not look at what errors.As answers.
func unasked(rc *sdk.RongCloud) error {
	err := rc.BlockRemove("u")
	var e sdk.CodeResult
	errors.As(err, &e)
	c := e.Code
	if c == signature {
		return errSignature
	}
	return err
}

const (
	signature   = 1004
	rateLimited = 1008
	timeout     = 1050
)

// Failure is an error of the program's own; Code is 0 where no answer came.
type Failure struct {
	Status int
	Code   int
}

func (f *Failure) Error() string { return "failure" }

// wrapped makes one without a code.
func unavailable(status int) error { return &Failure{Status: status} }

func call(rc *sdk.RongCloud) error {
	err := rc.BlockRemove("u")
	var e sdk.CodeResult
	if errors.As(err, &e) {
		return &Failure{Code: e.Code}
	}
	if err != nil {
		return unavailable(http.StatusBadGateway)
	}
	return nil
}

func again(err error) bool {
	var f *Failure
	if !errors.As(err, &f) {
		return false
	}
	if f.Code != 0 {
		return f.Code == rateLimited || f.Code == timeout
	}
	return f.Status == http.StatusTooManyRequests
}

func caller(rc *sdk.RongCloud) error {
	err := call(rc)
	if again(err) {
		time.Sleep(time.Second)
		return call(rc)
	}
	return err
}

// bounded names the codes between two limits.
// Rules: behavior/bounded-range.
func bounded(rc *sdk.RongCloud) error {
	err := rc.BlockRemove("u")
	var e sdk.CodeResult
	if !errors.As(err, &e) {
		return err
	}
	switch c := e.Code; {
	case c >= 1005 && c <= 1050:
		return err
	case c == signature:
		return errSignature
	}
	return errFailed
}

// parts of a response that carry no code.
// Rules: text/response-parts.
func header(client *http.Client) (string, error) {
	resp, err := client.Get("https://api-cn.ronghub.com/user/getToken.json")
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if strings.Contains(resp.Header.Get("X-Request-Id"), "1008") || strings.HasPrefix(resp.Header.Get("Retry-After"), "1008") {
		return "", errFailed
	}
	if resp.StatusCode != http.StatusOK {
		return "", errFailed // want `\(retryable\)`
	}
	return "", nil
}

// polled logs the failure, and looks at the answer.
// Rules: unchecked/later-look.
func polled(rc *sdk.RongCloud) bool {
	for range 5 {
		group, err := rc.GroupGet("g")
		if err != nil {
			slog.Warn("not yet", "error", err)
		}
		if group.ID != "" {
			return true
		}
		time.Sleep(time.Second)
	}
	return false
}

// Rules: magic/local-name.
func named(err error) bool {
	var e sdk.CodeResult
	if !errors.As(err, &e) {
		return false
	}
	got, want := e.Code, 1004 // want `\(magic\)`
	return got == want
}

// renamed is compared with what it is in the end.
// Rules: magic/local-name.
func renamed(err error) bool {
	var e sdk.CodeResult
	if !errors.As(err, &e) {
		return false
	}
	want := 0
	if e.Code > 2000 {
		want = 25411
	}
	return e.Code == want
}

// What a request holds is only read for the log.
func handled(rc *sdk.RongCloud, w http.ResponseWriter, r *http.Request) {
	if err := rc.BlockRemove(r.FormValue("id")); err != nil { // want `\(unchecked\)`
		slog.Error("block", "id", r.FormValue("id"), "err", err)
	}
	w.WriteHeader(http.StatusNoContent)
}
