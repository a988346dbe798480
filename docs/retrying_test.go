package docs_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-retcode/retcode/testdata/programs/retrying/rongcloud"
)

// An answer is what the fake server says to one request.
type answer struct {
	status int
	body   string
}

var (
	success   = answer{200, `{"code":200,"token":"t"}`}
	limited   = answer{429, `{"code":1008,"errorMessage":"too many calls"}`}
	timedOut  = answer{504, `{"code":1050,"errorMessage":"timeout"}`}
	forged    = answer{401, `{"code":1004,"errorMessage":"signature"}`}
	page429   = answer{429, "<html>slow down</html>"}
	page504   = answer{504, "<html>gateway timeout</html>"}
	page500   = answer{500, "<html>error</html>"}
	quietSlow = answer{200, `{"code":1050}`} // the status alone does not mean success
)

// A server answers as its script says, the last line for ever, and notes when it was asked.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	script []answer
	asked  []time.Time
	nonces map[string]bool
}

func serve(t *testing.T, script ...answer) *server {
	t.Helper()
	s := &server{script: script, nonces: make(map[string]bool)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, h := range []string{"App-Key", "Nonce", "Timestamp", "Signature"} {
			if r.Header.Get(h) == "" {
				t.Errorf("no header %s", h)
			}
		}
		if n := r.Header.Get("Nonce"); s.nonces[n] {
			t.Errorf("nonce %s was sent twice", n)
		} else {
			s.nonces[n] = true
		}
		a := s.script[min(len(s.asked), len(s.script)-1)]
		s.asked = append(s.asked, time.Now())
		w.WriteHeader(a.status)
		io.WriteString(w, a.body)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) times() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

const pause = 20 * time.Millisecond

func (s *server) client() *rongcloud.Client {
	return &rongcloud.Client{
		Host: s.URL, Key: "key", Secret: "secret", HTTP: s.Client(),
		Attempts: 6, Pause: pause, MaxPause: 4 * pause,
	}
}

// wantCalls wants that many calls, and between them at least half of a pause that
// doubles up to its limit.
func (s *server) wantCalls(t *testing.T, n int) {
	t.Helper()
	at := s.times()
	if len(at) != n {
		t.Fatalf("the server was asked %d times, want %d", len(at), n)
	}
	for i := 1; i < n; i++ {
		least := min(pause<<(i-1), 4*pause) / 2
		if got := at[i].Sub(at[i-1]); got < least {
			t.Errorf("pause %d is %v, want at least %v", i, got, least)
		}
	}
}

func TestRetryingRecovers(t *testing.T) {
	s := serve(t, limited, timedOut, page429, page504, page500, success)
	token, err := s.client().Token(t.Context(), "anna", "Anna")
	if token != "t" || err != nil {
		t.Errorf("%q, %v", token, err)
	}
	s.wantCalls(t, 6)
}

func TestRetryingLooksIntoTheBody(t *testing.T) {
	s := serve(t, quietSlow, success)
	if token, err := s.client().Token(t.Context(), "anna", "Anna"); token != "t" || err != nil {
		t.Errorf("%q, %v", token, err)
	}
	s.wantCalls(t, 2)
}

func TestRetryingStops(t *testing.T) {
	for _, test := range []struct {
		name   string
		script []answer
		calls  int
		code   int
	}{
		{"permanent code", []answer{forged}, 1, 1004},
		{"permanent code after another", []answer{limited, forged}, 2, 1004},
		{"attempts used up", []answer{limited}, 6, 1008},
		{"status and code differ", []answer{{500, `{"code":1000}`}}, 1, 1000},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, test.script...)
			_, err := s.client().Token(t.Context(), "anna", "Anna")
			var failure *rongcloud.Error
			if !errors.As(err, &failure) || failure.Code != test.code {
				t.Errorf("%v, want code %d", err, test.code)
			}
			s.wantCalls(t, test.calls)
		})
	}
}

// TestRetryingDoubtsSuccess wants no success where the body does not say so.
func TestRetryingDoubtsSuccess(t *testing.T) {
	for _, body := range []string{`{}`, `{"code":"200"}`, `<html>`, ``} {
		s := serve(t, answer{200, body})
		_, err := s.client().Token(t.Context(), "anna", "Anna")
		var status *rongcloud.StatusError
		if !errors.As(err, &status) || status.Status != 200 {
			t.Errorf("%q: %v", body, err)
		}
		s.wantCalls(t, 1)
	}
}

// TestRetryingSends wants a message sent again only if it was refused.
func TestRetryingSends(t *testing.T) {
	for _, test := range []struct {
		name    string
		script  []answer
		calls   int
		unclear bool
		failed  bool
	}{
		{"refused", []answer{limited, page429, success}, 3, false, false},
		{"timeout", []answer{timedOut, success}, 1, true, true},
		{"gateway timeout", []answer{page504, success}, 1, true, true},
		{"server error", []answer{limited, page500, success}, 2, true, true},
		{"permanent", []answer{forged, success}, 1, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, test.script...)
			err := s.client().Send(t.Context(), "anna", "ben", "hello")
			if (err != nil) != test.failed || rongcloud.Unclear(err) != test.unclear {
				t.Error(err)
			}
			s.wantCalls(t, test.calls)
		})
	}
}

// TestRetryingEndsWithItsContext wants the pause cut short, and both reasons told.
func TestRetryingEndsWithItsContext(t *testing.T) {
	s := serve(t, limited)
	c := s.client()
	c.Pause, c.MaxPause = time.Hour, time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := c.Token(ctx, "anna", "Anna")
	var failure *rongcloud.Error
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &failure) || failure.Code != rongcloud.RateLimited {
		t.Error(err)
	}
	if n := len(s.times()); n != 1 {
		t.Errorf("the server was asked %d times", n)
	}
}

// TestRetryingTimesOut wants a call without any answer made again, and a message not.
func TestRetryingTimesOut(t *testing.T) {
	for _, send := range []bool{false, true} {
		var mu sync.Mutex
		asked := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked++
			first := asked == 1
			mu.Unlock()
			if first {
				io.Copy(io.Discard, r.Body)
				<-r.Context().Done()
				return
			}
			io.WriteString(w, success.body)
		}))
		defer s.Close()
		c := &rongcloud.Client{
			Host: s.URL, HTTP: &http.Client{Timeout: 200 * time.Millisecond},
			Attempts: 6, Pause: pause, MaxPause: pause,
		}
		var err error
		if send {
			err = c.Send(t.Context(), "anna", "ben", "hello")
		} else {
			_, err = c.Token(t.Context(), "anna", "Anna")
		}
		if (err != nil) != send || rongcloud.Unclear(err) != send {
			t.Errorf("send %v: %v", send, err)
		}
	}
}

// TestRetryingProgram runs the whole program against the server.
func TestRetryingProgram(t *testing.T) {
	program := filepath.Join(t.TempDir(), "retrying.exe")
	if out, err := exec.Command("go", "build", "-o", program, "../testdata/programs/retrying").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, test := range []struct {
		script []answer
		want   string
	}{
		{[]answer{limited, success, timedOut, success}, ""},
		{[]answer{success, success, timedOut}, "ben may have got the message, or not"},
		{[]answer{forged}, "code 1004"},
	} {
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), "API_HOST="+serve(t, test.script...).URL, "APP_KEY=k", "APP_SECRET=s")
		out, err := cmd.CombinedOutput()
		if (err != nil) != (test.want != "") || !strings.Contains(string(out), test.want) {
			t.Errorf("%v\n%s", err, out)
		}
	}
}

// TestRetryingPage wants the page to show the program as it is.
func TestRetryingPage(t *testing.T) {
	files, err := filepath.Glob("../testdata/programs/retrying/rongcloud/*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, f := range files {
		all += read(t, f)
	}
	for _, f := range fences(t, "retrying.md") {
		if f.info == "go" && !strings.Contains(all, f.text) {
			t.Errorf("the program does not hold\n%s", f.text)
		}
	}
}
