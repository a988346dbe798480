// Package mix is a second batch.
package mix

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	ok        = 200
	invalid   = 1002
	limited   = 1008
	timedOut  = 1050
	userFull  = 2007
	roomGone  = 23410
	grpExists = 25409
	grpGone   = 25410
	fast      = 25416
	friends   = 25460
)

// Errors.
var (
	ErrBusy    = errors.New("busy")
	ErrFailed  = errors.New("failed")
	ErrMissing = errors.New("missing")
)

var sentinels = map[int]error{limited: ErrBusy, timedOut: ErrBusy, grpGone: ErrMissing}

var partial = map[int]error{limited: ErrBusy, roomGone: ErrMissing}

// Svc is a service.
type Svc struct {
	rc    *sdk.RongCloud
	hc    *http.Client
	base  string
	stats struct{ bad int }
	last  error
	cache sync.Map
}

// Reported: the table names a code of the groups, and omits their limit.
func (s *Svc) m1(id string) error {
	err := s.rc.ChatRoomDestroy(id)
	var cr sdk.CodeResult
	if errors.As(err, &cr) {
		if e, is := sentinels[cr.Code]; is { // want `25416 .*\(retryable\)`
			return e
		}
		return ErrFailed
	}
	return err
}

// Reported (retryable): the table lacks the timeout
func (s *Svc) m2(id string) error {
	err := s.rc.ChatRoomDestroy(id)
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	if e, is := partial[cr.Code]; is { // want `\(retryable\)`
		return e
	}
	return ErrFailed
}

// Reported (retryable): deferred %v
func (s *Svc) m3(id string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("m3 %s: %v", id, err) // want `\(retryable\)`
		}
	}()
	return s.rc.BlockRemove(id)
}

// Reported (retryable): deferred fixed error
func (s *Svc) m3b(id string) (err error) {
	defer func() {
		if err != nil {
			log.Print(err)
			err = ErrFailed // want `\(retryable\)`
		}
	}()
	if err = s.rc.BlockRemove(id); err != nil {
		return err
	}
	return nil
}

// wrapf Not reported:
func wrapf(perr *error, format string, args ...any) {
	if *perr != nil {
		*perr = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *perr)
	}
}

// Not reported: deferred helper that wraps
func (s *Svc) m4(id string) (err error) {
	defer wrapf(&err, "m4 %s", id)
	return s.rc.BlockRemove(id)
}

// Not reported: recover-based must
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (s *Svc) m5(id string) string { return must(s.rc.UserRegister(id, id, "")).Token }

// Reported (unchecked): ignore helper drops the error
func ignore(...any) {}

func (s *Svc) m6(id string) {
	ignore(s.rc.BlockRemove(id)) // want `\(unchecked\)`
}

// logErr only logs
func logErr(op string, err error) {
	if err != nil {
		log.Printf("%s: %v", op, err)
	}
}

// Reported (unchecked): a helper that by fact only logs
func (s *Svc) m7(id string) {
	logErr("m7", s.rc.BlockRemove(id)) // want `\(unchecked\)`
}

// Not reported: if-init with else chain naming all
func (s *Svc) m8(id string) (retry bool, err error) {
	if err = s.rc.BlockRemove(id); err == nil {
		return false, nil
	} else if cr := (sdk.CodeResult{}); errors.As(err, &cr) && (cr.Code == limited || cr.Code == timedOut) {
		return true, nil
	}
	return false, ErrFailed
}

// Reported (retryable): (bool) retry for one code only
func (s *Svc) m9(id string) (retry bool, err error) {
	err = s.rc.BlockRemove(id)
	if cr := (sdk.CodeResult{}); errors.As(err, &cr) && cr.Code == limited { // want `\(retryable\)`
		return true, nil
	}
	if err != nil {
		return false, ErrFailed
	}
	return false, nil
}

// Not reported: (bool, error) with the error kept
func (s *Svc) m10(id string) (retry bool, err error) {
	err = s.rc.BlockRemove(id)
	var cr sdk.CodeResult
	if errors.As(err, &cr) {
		retry = cr.Code == limited
	}
	return retry, err
}

// Not reported: continue past one code, the rest aborts
func (s *Svc) m11(ids []string) error {
	for _, id := range ids {
		err := s.rc.ChatRoomDestroy(id)
		var cr sdk.CodeResult
		if errors.As(err, &cr) && cr.Code == roomGone {
			continue
		}
		if err != nil {
			return fmt.Errorf("destroy %s: %w", id, err)
		}
	}
	return nil
}

// Reported (unchecked): continue for every failure, silently
func (s *Svc) m12(ids []string) (n int) {
	for _, id := range ids {
		if err := s.rc.ChatRoomDestroy(id); err != nil { // want `\(unchecked\)`
			continue
		}
	}
	return len(ids)
}

// Not reported: counted success
func (s *Svc) m13(ids []string) (n int) {
	for _, id := range ids {
		if err := s.rc.ChatRoomDestroy(id); err == nil {
			n++
		}
	}
	return n
}

// Reported (switch): type switch with bound value, nested switch omits
func (s *Svc) m14(id string) error {
	switch e := s.rc.BlockAdd(id, 1).(type) {
	case nil:
		return nil
	case sdk.CodeResult:
		switch e.ErrorCode() { // want `\(switch\)`
		case invalid:
			return ErrFailed
		case limited:
			return ErrBusy
		}
		return e
	default:
		return e
	}
}

// Not reported: fallthrough
func (s *Svc) m15(id string) error {
	err := s.rc.BlockAdd(id, 1)
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.Code {
	case limited:
		fallthrough
	case timedOut:
		return ErrBusy
	case invalid:
		return nil
	}
	return ErrFailed
}

// Reported (magic): magic: a literal slice, in which a code is looked up
// Rules: magic/lookup-list.
func (s *Svc) m16(id string) error {
	err := s.rc.BlockAdd(id, 1)
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	for _, c := range []int{1008, timedOut} { // want `1008 .*\(magic\)`
		if cr.Code == c {
			return ErrBusy
		}
	}
	return ErrFailed
}

// Not reported: application's own code beside the vendor's
type appErr struct {
	AppCode int
	Cause   error
}

func (e *appErr) Error() string { return fmt.Sprint(e.AppCode) }
func (e *appErr) Unwrap() error { return e.Cause }

func (s *Svc) m17(id string) error {
	if err := s.rc.BlockAdd(id, 1); err != nil {
		return &appErr{AppCode: 1008, Cause: err}
	}
	return nil
}

// Reported (retryable): application's code replaces the vendor's
func (s *Svc) m18(id string) error {
	if err := s.rc.BlockAdd(id, 1); err != nil {
		return &appErr{AppCode: 50010} // want `\(retryable\)`
	}
	return nil
}

// Not reported: switch on the application's own
func (s *Svc) m19(id string) string {
	var ae *appErr
	if errors.As(s.m17(id), &ae) {
		switch ae.AppCode {
		case 1008:
			return "limited"
		case 1002:
			return "x"
		}
	}
	return ""
}

// Reported: the status ends in a text.
func (s *Svc) m20(ctx context.Context, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, "POST", "https://api.rong-api.com/message/private/publish.json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	resp, err := s.hc.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 != 2 {
		return nil, fmt.Errorf("publish: %s: %s", resp.Status, data) // want `429 .*\(retryable\)`
	}
	return data, nil
}

// Reported (unchecked): caller drops the bytes
func (s *Svc) m21(ctx context.Context) error {
	_, err := s.m20(ctx, nil) // want `\(unchecked\)`
	return err
}

// envelope of pointers
type envelope[T any] struct {
	Code *int   `json:"code"`
	Msg  string `json:"errorMessage"`
	Data *T     `json:"data"`
}

// Not reported: pointer code is looked at and kept
func (s *Svc) m22(ctx context.Context) (*sdk.User, error) {
	data, err := s.m20(ctx, nil)
	if err != nil {
		return nil, err
	}
	var env envelope[sdk.User]
	if err := json.Unmarshal(data, &env); err != nil {
		return nil, err
	}
	if env.Code == nil || *env.Code != ok {
		return nil, fmt.Errorf("%w: %s", ErrFailed, env.Msg)
	}
	return env.Data, nil
}

// Not reported: cleanup in a defer on failure
func (s *Svc) m23(id string) (err error) {
	if _, err = s.rc.GroupCreate(id, id, nil); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = s.rc.GroupDismiss(id, "owner")
		}
	}()
	_, err = s.rc.GroupJoin(id, id, []string{"bot"})
	return err
}

// Not reported: retried once after a wait, with a predicate variable
func (s *Svc) m24(id string) error {
	err := s.rc.BlockRemove(id)
	var cr sdk.CodeResult
	again := errors.As(err, &cr) && (cr.Code == limited || cr.Code == timedOut)
	if again {
		time.Sleep(500 * time.Millisecond)
		err = s.rc.BlockRemove(id)
	}
	return err
}

// Reported (retry): permanent code named in the retry set
var again = []int{limited, timedOut, invalid}

func (s *Svc) m25(id string) (err error) {
	for i := 0; i < 3; i++ {
		err = s.rc.BlockRemove(id) // want `\(retry\)`
		var cr sdk.CodeResult
		if !errors.As(err, &cr) || !in(again, cr.Code) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func in(set []int, c int) bool {
	for _, x := range set {
		if x == c {
			return true
		}
	}
	return false
}

// Not reported: sync.Map store, callbacks
func (s *Svc) m26(id string) {
	if err := s.rc.BlockRemove(id); err != nil {
		s.cache.Store(id, err)
	}
}

// Reported (text): switch true on text
func (s *Svc) m27(id string) error {
	err := s.rc.BlockRemove(id)
	switch {
	case err == nil:
		return nil
	case strings.HasPrefix(err.Error(), "1008"): // want `\(text\)`
		return ErrBusy
	}
	return err
}

// Reported (mixed): switch case with http constants over the body's code
// Rules: switch/mixed-operand.
func (s *Svc) m28(id string) error {
	err := s.rc.BlockRemove(id)
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.Code {
	case http.StatusTooManyRequests: // want `\(mixed\)`
		return ErrBusy
	case timedOut:
		return ErrBusy
	}
	return err
}

// Reported: the status stands for the limit, and nothing for the timeout.
// Rules: switch/mixed-operand.
func (s *Svc) m37(id string) error {
	err := s.rc.BlockRemove(id)
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.Code { // want `omits 1050 .*\(switch\)`
	case http.StatusTooManyRequests: // want `\(mixed\)`
		return ErrBusy
	}
	return err
}

// Not reported: another vendor with a code in the same package
func (s *Svc) m29(form url.Values) error {
	resp, err := s.hc.PostForm("https://sms.example.org/send.json", form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r struct {
		Code int    `json:"code"`
		Text string `json:"text"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code == 1008 || r.Code == 22 {
		return ErrFailed
	}
	return nil
}

// Not reported: result type
type result[T any] struct {
	v   T
	err error
}

func (s *Svc) m30(ids []string) <-chan result[sdk.User] {
	ch := make(chan result[sdk.User], len(ids))
	for _, id := range ids {
		go func() {
			u, err := s.rc.UserRegister(id, id, "")
			ch <- result[sdk.User]{u, err}
		}()
	}
	return ch
}

// Reported (retryable): comma-ok from the error
func (s *Svc) m31(id string) (tok string, found bool) {
	u, err := s.rc.UserRegister(id, id, "")
	if err != nil {
		return // want `\(retryable\)`
	}
	return u.Token, true
}

// Not reported: code into a result struct
type outcome struct {
	Code int
	OK   bool
}

func (s *Svc) m32(id string) outcome {
	err := s.rc.BlockRemove(id)
	var cr sdk.CodeResult
	if errors.As(err, &cr) {
		return outcome{Code: cr.Code}
	}
	return outcome{OK: err == nil}
}

// Reported (retryable): (a): else branch parks
func (s *Svc) m33(a, b string) error {
	if _, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b}); err != nil {
		if cr, is := err.(sdk.CodeResult); is && cr.Code == friends { // want `\(retryable\)`
			return nil
		}
		return fmt.Errorf("befriend %s: %s", a, err.Error())
	}
	return nil
}

// Not reported: stats only if fields are stores; returns nothing
func (s *Svc) m34(id string) {
	err := s.rc.BlockRemove(id)
	if err != nil {
		s.stats.bad++
		log.Print(err)
	}
}

// Reported (unknown): typo
func isMissing(err error) bool {
	cr, is := errors.AsType[sdk.CodeResult](err)
	return is && cr.Code == 24510 // want `\(unknown\)`
}

func (s *Svc) m35(id string) error {
	_, err := s.rc.GroupGet(id)
	if isMissing(err) {
		return ErrMissing
	}
	return err
}

// Not reported: handler factory with error-returning closure and adapter
type handler func(w http.ResponseWriter, r *http.Request) error

func (s *Svc) m36() handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := s.rc.BlockRemove(r.FormValue("u")); err != nil {
			http.Error(w, "x", 502)
			return nil
		}
		return nil
	}
}
