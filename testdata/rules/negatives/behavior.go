package negatives

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"testing"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Rules: unchecked/logged-only.
func (a *App) notABranchThatCounts(id string) {
	if err := a.rc.BlockRemove(id); err != nil {
		log.Print(err)
		a.failed++
	}
}

// Rules: behavior/opaque-question.
func (a *App) notAnOpaqueQuestion(id string, worth func(error) bool) error {
	err := a.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	if worth(err) {
		return errTryLater
	}
	return errFailed
}

var handlers = map[int]func() error{}

// Register adds a handler.
func Register(code int, f func() error) { handlers[code] = f }

// Rules: behavior/opaque-question.
func (a *App) notAMapWrittenElsewhere(id string) error {
	err := a.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		if f := handlers[failure.Code]; f != nil {
			return f()
		}
		return errFailed
	}
	return err
}

func (a *App) notAVariableCheckedLater(id string) error {
	failed := false
	err := a.rc.BlockRemove(id)
	if err != nil {
		failed = true
	}
	if failed {
		return err
	}
	return nil
}

func (a *App) notCleanupInAnErrorPath(id string) error {
	file, err := os.Create(id)
	if err != nil {
		return err
	}
	if err := a.rc.UserUpdate(id, file.Name(), ""); err != nil {
		file.Close()
		_ = a.rc.BlockRemove(id)
		return err
	}
	return file.Close()
}

// Rules: unchecked/cleanup-call.
func (a *App) notCleanupDeferred(id string) (err error) {
	if _, err = a.rc.GroupCreate(id, id, nil); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = a.rc.GroupDismiss(id, "owner")
		}
	}()
	_, err = a.rc.GroupJoin(id, id, []string{"bot"})
	return err
}

func (a *App) notWhenTheCallerHandles(id string) {
	if err := a.unblock(id); err != nil {
		a.busy = append(a.busy, id)
	}
}

func (a *App) unblock(id string) error { return a.rc.BlockRemove(id) }

func (a *App) notABareStatementOnAWrapper(id string) {
	a.unblock(id)
}

// Rules: retryable/fallback-call.
func (a *App) notAFallback(id string) string {
	user, err := a.rc.UserRegister(id, id, "")
	if err != nil {
		return a.known(id)
	}
	return user.Token
}

func (a *App) known(id string) string { return a.cache[id] }

// Rules: behavior/predicate.
func (a *App) notAPredicate(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && failure.Code == codeGroupFull
}

// Rules: behavior/predicate.
func notADescription(err error) string {
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == codeGroupFull {
		return "full"
	}
	return "failed"
}

// failureOf is an error with a code.
type failureOf struct{ code int }

func (f failureOf) Error() string {
	if f.code == codeGroupFull {
		return "full"
	}
	return "code " + strconv.Itoa(f.code)
}

func wrapCode(failure sdk.CodeResult) error { return failureOf{failure.Code} }

func (a *App) notAPredicatesCaller(id string) error {
	_, err := a.rc.GroupJoin(id, id, nil)
	if a.notAPredicate(err) {
		return nil
	}
	return err
}

func (a *App) notAProcessThatEnds(id string) {
	if err := a.rc.BlockRemove(id); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// Rules: behavior/process-end.
func notATestThatStops(t *testing.T, rc *sdk.RongCloud) {
	if err := rc.BlockRemove("u"); err != nil {
		t.Fatal(err)
	}
}

// Rules: retryable/boundary-function.
func (a *App) notABoundary(w http.ResponseWriter, r *http.Request) {
	user, err := a.rc.UserRegister(r.FormValue("id"), "", "")
	if err != nil {
		log.Print(err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, user.Token)
}

// Rules: retryable/boundary-function.
func (a *App) notABoundarysHelper(w http.ResponseWriter, id string) bool {
	if err := a.rc.BlockRemove(id); err != nil {
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return false
	}
	return true
}

// Rules: switch/named-failure.
func (a *App) notASwitchWithoutFailures(id string) error {
	err := a.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code {
	case codeSuccess:
		return nil
	}
	return err
}

// Rules: switch/reaching-code.
func (a *App) notWhatCannotReachTheSwitch(id string) error {
	err := a.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	if failure.Code == codeRateLimited || failure.Code == codeTimeout {
		return errTryLater
	}
	switch failure.Code {
	case codeInvalidParameter:
		return os.ErrInvalid
	default:
		return errFailed
	}
}

func (a *App) notTheSecondResponsesCode(id string) error {
	err := a.rc.BlockRemove(id)
	var first sdk.CodeResult
	if errors.As(err, &first) && first.Code != codeInvalidParameter {
		return err
	}
	return a.rc.UserUpdate(id, id, "")
}

func (a *App) notARange(id string) error {
	err := a.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code/10000 == 2 {
		a.failed++
	}
	return err
}

func (a *App) notAnEarlyEnd(id string) {
	if a.rc.BlockRemove(id) != nil {
		return
	}
	a.busy = append(a.busy, id)
}

func (a *App) notAnErrorThatIsJoined(id string, earlier error) error {
	if err := a.rc.BlockRemove(id); err != nil {
		return errors.Join(earlier, fmt.Errorf("unblock %s: %w", id, err))
	}
	return earlier
}

func (a *App) notAnErrorGivenToTheLoggerAndReturned(id string) error {
	err := a.rc.BlockRemove(id)
	if err != nil {
		log.Printf("unblock %s: %v", id, err)
	}
	return err
}

func (a *App) notAFailureOfTheFile(id string) error {
	if _, err := os.Stat(id); err != nil {
		return fmt.Errorf("no file for %s: %v", id, err)
	}
	return a.rc.BlockRemove(id)
}
