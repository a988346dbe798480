package behavior_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// rows are functions and the partition of their first carrier: a class a line, what is done
// with it, and its codes.
var rows = []struct{ name, source, want string }{
	{"handed on", `
func f(rc *sdk.RongCloud) error { return rc.BlockRemove("u") }`, `
0 - nil success
1 handed on every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"lost", `
func f(rc *sdk.RongCloud) error {
	if err := rc.BlockRemove("u"); err != nil {
		return errors.New("failed")
	}
	return nil
}`, `
0 - nil success
1 - every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a log is no effect", `
func f(rc *sdk.RongCloud) {
	if err := rc.BlockRemove("u"); err != nil {
		log.Print(err)
	}
}`, `
0 - nil success, every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a switch", `
func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if errors.As(rc.BlockRemove("u"), &e) {
		switch e.Code {
		case 1008:
			return "later"
		case 1002:
			return "bad"
		}
		return "failed"
	}
	return ""
}`, `
0 - nil success
1 - every other, 1050 (ServiceTimeout)
2 - 1002 (InvalidParameter)
3 - 1008 (RateLimited)`},
	{"cases that answer alike", `
func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if errors.As(rc.BlockRemove("u"), &e) {
		switch e.Code {
		case 1008:
			return "failed"
		}
		return "failed"
	}
	return ""
}`, `
0 - nil success
1 - every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a map", `
var texts = map[int]string{1008: "later", 1050: "later"}

func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if !errors.As(rc.BlockRemove("u"), &e) {
		return ""
	}
	return texts[e.Code]
}`, `
0 - nil success, every other
1 - 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a predicate", `
func later(err error) bool {
	var e sdk.CodeResult
	return errors.As(err, &e) && (e.Code == 1008 || e.Code == 1050)
}

func f(rc *sdk.RongCloud) string {
	err := rc.BlockRemove("u")
	if later(err) {
		return "later"
	}
	if err != nil {
		return "failed"
	}
	return ""
}`, `
0 - nil success
1 - every other
2 - 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"retried with a wait", `
func f(rc *sdk.RongCloud) error {
	for range 3 {
		err := rc.BlockRemove("u")
		var e sdk.CodeResult
		if errors.As(err, &e) && e.Code == 1008 {
			time.Sleep(time.Second)
			continue
		}
		return err
	}
	return nil
}`, `
0 - nil success
1 handed on every other, 1050 (ServiceTimeout)
2 retried 1008 (RateLimited)`},
	{"the next item is no retry", `
func f(rc *sdk.RongCloud, users []string) {
	for _, u := range users {
		if err := rc.BlockRemove(u); err != nil {
			continue
		}
	}
}`, `
0 - nil success, every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"fallthrough", `
func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if !errors.As(rc.BlockRemove("u"), &e) {
		return ""
	}
	switch e.Code {
	case 1050:
		fallthrough
	case 1008:
		return "later"
	case 1002:
		return "bad"
	}
	return "failed"
}`, `
0 - nil success
1 - every other
2 - 1002 (InvalidParameter)
3 - 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"goto", `
func f(rc *sdk.RongCloud) error {
	n := 0
again:
	err := rc.BlockRemove("u")
	var e sdk.CodeResult
	if errors.As(err, &e) && (e.Code == 1008 || e.Code == 1050) && n < 3 {
		n++
		time.Sleep(time.Second)
		goto again
	}
	return err
}`, `
0 - nil success
1 handed on every other
2 retried, handed on 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"labelled loops", `
func f(rc *sdk.RongCloud, users []string) error {
users:
	for _, u := range users {
		for range 3 {
			err := rc.BlockRemove(u)
			var e sdk.CodeResult
			switch {
			case err == nil:
				continue users
			case errors.As(err, &e) && e.Code == 1008:
				time.Sleep(time.Second)
				continue
			case errors.As(err, &e) && e.Code == 1002:
				break users
			}
			return err
		}
	}
	return nil
}`, `
0 - nil success, 1002 (InvalidParameter)
1 handed on every other, 1050 (ServiceTimeout)
2 retried 1008 (RateLimited)`},
	{"a variable that is checked later", `
func f(rc *sdk.RongCloud) string {
	err := rc.BlockRemove("u")
	var e sdk.CodeResult
	later := errors.As(err, &e) && e.Code == 1008
	failed := err != nil
	switch {
	case later:
		return "later"
	case failed:
		return "failed"
	}
	return ""
}`, `
0 - nil success
1 - every other, 1050 (ServiceTimeout)
2 - 1008 (RateLimited)`},
	{"an answer that a deferred function gives", `
func f(rc *sdk.RongCloud) (err error) {
	defer func() {
		if recover() != nil || err != nil {
			err = errors.New("failed")
		}
	}()
	return rc.BlockRemove("u")
}`, `
0 - nil success
1 - every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"arithmetic", `
func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if errors.As(rc.BlockRemove("u"), &e) {
		if e.Code/100 == 10 {
			return "of the service"
		}
		return "of a module"
	}
	return ""
}`, `
0 - nil success
1 - 98 others such as 400 (UserNotFound), 24356 (DeactivationInProgress), 24402 (CommunityServiceError), 25416 (QueryRateLimited), 26003 (SettingsServiceError), 28402 (TranslationServiceError), 29001 (StreamNotFinished), 29003 (StreamPullTimeout), 29007 (StreamServiceError)
2 - 14 others such as 1000 (InvalidRequest), 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a list", `
var soon = []int{1008, 1050}

func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if errors.As(rc.BlockRemove("u"), &e) && slices.Contains(soon, e.Code) {
		return "later"
	}
	return ""
}`, `
0 - nil success, every other
1 - 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a channel", `
func f(rc *sdk.RongCloud, errs chan<- error) {
	if err := rc.BlockRemove("u"); err != nil {
		errs <- err
	}
}`, `
0 - nil success
1 handed on every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"an exit", `
func f(rc *sdk.RongCloud) {
	if err := rc.BlockRemove("u"); err != nil {
		log.Fatal(err)
	}
}`, `
0 - nil success
1 exits every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"opaque", `
var handlers map[int]func()

func f(rc *sdk.RongCloud) string {
	var e sdk.CodeResult
	if errors.As(rc.BlockRemove("u"), &e) && handlers[e.Code] != nil {
		return "known"
	}
	return ""
}`, ""},
	{"wrapped", `
func f(rc *sdk.RongCloud) error {
	if err := rc.BlockRemove("u"); err != nil {
		return fmt.Errorf("unblock: %w", err)
	}
	return nil
}`, `
0 - nil success
1 handed on every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"only a sentinel is wrapped", `
var sentinel = errors.New("x")

func f(rc *sdk.RongCloud) error {
	if err := rc.BlockRemove("u"); err != nil {
		return fmt.Errorf("%w: %v", sentinel, err)
	}
	return nil
}`, `
0 - nil success
1 - every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"a deferred closure drops it", `
func f(rc *sdk.RongCloud) (err error) {
	defer func() {
		if err != nil {
			err = errors.New("failed")
		}
	}()
	return rc.BlockRemove("u")
}`, `
0 - nil success
1 - every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"overwritten by a deferred closure", `
func f(rc *sdk.RongCloud) (err error) {
	defer func() { err = nil }()
	return rc.BlockRemove("u")
}`, `
0 - nil success, every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
	{"sent to a channel", `
func f(rc *sdk.RongCloud, failures chan<- error) {
	if err := rc.BlockRemove("u"); err != nil {
		failures <- err
	}
}`, `
0 - nil success
1 handed on every other, 1008 (RateLimited), 1050 (ServiceTimeout)`},
}

// asText is a partition as the rows write it: blanks for tabs.
func asText(s fmt.Stringer) string {
	return strings.TrimSpace(strings.ReplaceAll(s.String(), "\t", " "))
}

func TestPartition(t *testing.T) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			list, err := partitions(r.source)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				t.Fatal("no carrier was found")
			}
			if got := asText(list[0]); r.want != "" && got != strings.TrimSpace(r.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(r.want))
			} else if r.want == "" && !strings.Contains(got, "undecided") {
				t.Errorf("got\n%s\nwant classes that are undecided", got)
			}
		})
	}
}

// The code of one response says nothing about the other.
func TestTwoResponses(t *testing.T) {
	list, err := partitions(`
func f(rc *sdk.RongCloud) error {
	err := rc.BlockRemove("u")
	if err == nil {
		err = rc.ChatRoomDestroy("r")
	}
	return err
}`)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 {
		t.Fatalf("%d carriers, want 2", len(list))
	}
	for i, b := range list {
		if c := b.Case(catalog.IntValue(1008)); c == nil || !c.Escapes {
			t.Errorf("carrier %d is not handed on:\n%s", i, b)
		}
	}
}

// The partition of a function is the table that a person would draw: for each class its
// number, what is done, and the codes.
func Example() {
	list, err := partitions(`
func f(rc *sdk.RongCloud) error {
	for i := range 3 {
		err := rc.BlockRemove("u")
		var e sdk.CodeResult
		if !errors.As(err, &e) {
			return err
		}
		switch e.Code {
		case 1008, 1050:
			time.Sleep(time.Duration(i) * time.Second)
		case 25460:
			return nil
		default:
			return fmt.Errorf("send: %w", err)
		}
	}
	return errors.New("still busy")
}`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(asText(list[0]))
	// Output:
	// 0 - nil success, 25460 (AlreadyFriends)
	// 1 handed on every other
	// 2 retried 1008 (RateLimited), 1050 (ServiceTimeout)
}
