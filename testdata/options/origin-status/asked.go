// Package asked has every HTTP status of net/http for an origin, and asks for it the way
// that clients of many APIs do.
package asked

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"
)

var errNotFound = errors.New("not found")

// StatusError is what a call that failed returns.
type StatusError struct{ Status int }

func (e *StatusError) Error() string { return "status " + strconv.Itoa(e.Status) }

// Not reported: a predicate, which decodes what the answer says.
func busy(resp *http.Response, _ error) bool {
	reason, ok := reasonOf(resp)
	return resp.StatusCode == http.StatusBadRequest && ok && reason == "busy"
}

func reasonOf(resp *http.Response) (string, bool) {
	var answer struct{ Reason string }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return "", false
	}
	return answer.Reason, true
}

// Not reported: it lists what the answer holds, and its caller has the answer.
func challenges(resp *http.Response) []string {
	if resp.StatusCode == http.StatusUnauthorized {
		return resp.Header["Www-Authenticate"]
	}
	return nil
}

// Not reported: how long to wait.
func pause(base time.Duration) func(int, *http.Response) time.Duration {
	return func(attempt int, resp *http.Response) time.Duration {
		var h maphash.Hash
		h.SetSeed(maphash.MakeSeed())
		r := rand.New(rand.NewPCG(0, h.Sum64()))
		if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
			if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
				return time.Duration(s) * time.Second
			}
		}
		return base<<attempt + time.Duration(r.Int64N(1000))
	}
}

// Not reported: 0 is an answer that never came, beside a limit.
func again(resp *http.Response) bool {
	return resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == 0 || resp.StatusCode >= 500
}

// Reported: 0 for success.
func fine(resp *http.Response) bool {
	return resp.StatusCode == 0 // want `0 .*\(unknown\)`
}

// client is a client.
type client struct {
	transport http.RoundTripper
	signer    interface{ Sign(*http.Request) error }
	base      string
	checked   int
}

// Sign signs with what another call yields.
func (c *client) Sign(req *http.Request) error {
	resp, err := http.Get(c.base + "/token")
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return &StatusError{resp.StatusCode}
	}
	req.Header.Set("Token", resp.Header.Get("Token"))
	return nil
}

func (c *client) do(path string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	if err != nil {
		return nil, err
	}
	if err := c.signer.Sign(req); err != nil {
		return nil, err
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{resp.StatusCode}
	}
	return resp, nil
}

func (c *client) checkedDo(path string) (resp *http.Response, err error) {
	defer func() {
		if err != nil {
			c.checked++
		}
	}()
	if path == "" {
		return &http.Response{StatusCode: http.StatusOK}, nil
	}
	resp, err = c.do(path)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// Not reported: whoever returned the response has looked at its status, also two calls below.
func (c *client) healthy() error {
	resp, err := c.checkedDo("/health")
	if resp != nil && resp.Body != nil {
		resp.Body.Close()
	}
	return err
}

// Fill is a helper that decodes into what it is given.
//
// Not reported: the error has the status.
func (c *client) Fill(path string, out any) (int, error) {
	resp, err := c.do(path)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, json.NewDecoder(resp.Body).Decode(out)
}

// FillResponse decodes into what it is given, and gives the answer too.
//
// Not reported: the same.
func (c *client) FillResponse(path string, out any) (*http.Response, error) {
	resp, err := c.do(path)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp, json.NewDecoder(resp.Body).Decode(&out)
}

// A Dialer has the name of net's, and a method of that name with other results.
type Dialer struct{ client *client }

// DialContext asks before it dials.
//
// Not reported: net's own method beside it.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, *http.Response, error) {
	resp, err := d.client.do("/dial")
	if err != nil {
		return nil, nil, err
	}
	dial := (&net.Dialer{}).DialContext
	conn, err := dial(ctx, network, address)
	return conn, resp, err
}

func (c *client) meta(path string) (string, error) {
	resp, err := c.do(path)
	var failure *StatusError
	if errors.As(err, &failure) && failure.Status == http.StatusNotFound {
		return "", errNotFound
	}
	if err != nil {
		return "", fmt.Errorf("meta: %w", err)
	}
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

// Not reported: one failure is told from the others by the program's own error.
func (c *client) purge(path string) error {
	_, err := c.meta(path)
	if err == errNotFound {
		return err
	}
	return os.RemoveAll(path)
}

// Reported: none is.
func (c *client) purgeBlindly(path string) error {
	_, err := c.meta(path)
	if err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
	return os.RemoveAll(path)
}

// Not reported: the failure is what is expected.
func (c *client) mustFail(path string) error {
	if _, err := c.meta(path); err == nil {
		log.Fatal("it is there")
	}
	return c.create(path)
}

// Reported: every failure creates.
func (c *client) ensure(path string) error {
	if _, err := c.meta(path); err == nil { // want `429 .*\(retryable\)`
		return nil
	}
	return c.create(path)
}

func (c *client) create(path string) error {
	_, err := c.do("/create" + path)
	return err
}

// Not reported: it waits for a state by asking.
func (c *client) waitUntilReady(timeout time.Duration) error {
	for start := time.Now(); time.Since(start) < timeout; time.Sleep(time.Second) {
		resp, err := http.Get(c.base + "/ready")
		if err == nil && resp.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errNotFound
}

// Reported: it asks for something that it will not be given.
func (c *client) fetch(timeout time.Duration) error {
	for start := time.Now(); time.Since(start) < timeout; time.Sleep(time.Second) {
		resp, err := http.Get(c.base + "/thing") // want `400 .*\(retry\)`
		if err == nil && resp.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errNotFound
}

// A login is what a session begins with.
type login struct{ token, user, password string }

func (c *client) begin(l *login) error {
	_, err := c.do("/login?" + l.token + l.user + l.password)
	return err
}

// Not reported: the second call is with another login.
func (c *client) session(l *login) error {
	if l.token != "" {
		if err := c.begin(l); err == nil {
			return nil
		}
		log.Print("the token is old")
	}
	l.token, l.user, l.password = "", "me", "secret"
	return c.begin(l)
}

// Reported: it is with the same.
func (c *client) sessionAgain(l *login) error {
	if err := c.begin(l); err == nil {
		return nil
	}
	log.Print("once more")
	return c.begin(l) // want `400 .*\(retry\)`
}

// Not reported: what is not there is made, and then read.
func (c *client) move(path string) (string, error) {
	if _, err := c.meta(path); err != errNotFound {
		return "", errNotFound
	}
	if err := c.create(path); err != nil {
		return "", err
	}
	return c.meta(path)
}

// Not reported: the helper sees an error when nothing answered, and none for a status.
func (c *client) token(req *http.Request) (resp *http.Response, err error) {
	err = retry(func() error {
		resp, err = http.DefaultClient.Do(req)
		c.checked++
		return err
	})
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{resp.StatusCode}
	}
	return resp, nil
}

// Reported: it sees one for every status.
func (c *client) tokenOrError(req *http.Request) (resp *http.Response, err error) {
	err = retry(func() error {
		resp, err = http.DefaultClient.Do(req) // want `400 .*\(retry\)`
		if err == nil && resp.StatusCode != http.StatusOK {
			return errNotFound
		}
		return err
	})
	return resp, err
}

func retry(call func() error) error {
	var err error
	for attempt := range 3 {
		if err = call(); err == nil {
			return nil
		}
		time.Sleep(time.Second << attempt)
	}
	return err
}

// LastError is what the client failed with.
func (c *client) LastError() error {
	if c.checked > 3 {
		return &StatusError{http.StatusBadGateway}
	}
	return nil
}

// Not reported: the same question, asked twice.
func (c *client) report() {
	if c.LastError() != nil {
		log.Print(c.LastError())
	}
}
