package endings

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Not reported: returned.
// Rules: unchecked/dropped-error.
func (a *App) returned(id string) error {
	return a.rc.BlockRemove(id)
}

// Not reported: %w.
func (a *App) verbW(id string) error {
	if err := a.rc.BlockRemove(id); err != nil {
		return fmt.Errorf("unblock %s: %w", id, err)
	}
	return nil
}

// Not reported: %w beside a fixed error.
// Rules: flow/wrapped-carrier.
func (a *App) verbWTwice(id string) error {
	if err := a.rc.BlockRemove(id); err != nil {
		return fmt.Errorf("%w: %w", errUnavailable, err)
	}
	return nil
}

// Not reported: joined.
// Rules: flow/wrapped-carrier.
func (a *App) joined(ids []string) error {
	var all error
	for _, id := range ids {
		all = errors.Join(all, a.rc.BlockRemove(id))
	}
	return all
}

// Not reported: in a struct that unwraps.
// Rules: flow/wrapped-carrier.
func (a *App) step(id string) error {
	if err := a.rc.BlockRemove(id); err != nil {
		return &StepError{"unblock", err}
	}
	return nil
}

// Not reported: in a field.
// Rules: behavior/handed-on.
func (a *App) field(id string) {
	if err := a.rc.BlockRemove(id); err != nil {
		a.lastErr = err
	}
}

// Not reported: in a field under a lock, without a condition.
func (a *App) fieldLocked(id string) {
	err := a.rc.BlockRemove(id)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lastErr = err
}

// Not reported: sent.
// Rules: behavior/handed-on.
func (a *App) sent(id string) {
	go func() { a.results <- a.rc.BlockRemove(id) }()
}

// Not reported: sent in a struct.
func (a *App) sentResult(id string, out chan<- Result) {
	err := a.rc.BlockRemove(id)
	out <- Result{User: id, Err: err}
}

// Not reported: appended.
// Rules: behavior/handed-on.
func (a *App) appended(ids []string) []error {
	var errs []error
	for _, id := range ids {
		if err := a.rc.BlockRemove(id); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

// Not reported: given to a callback.
// Rules: behavior/handed-on.
func (a *App) callback(id string) {
	if err := a.rc.BlockRemove(id); err != nil {
		a.onError(err)
	}
}

// Not reported: given to a callback that is a parameter.
func (a *App) callbackParam(id string, done func(error)) {
	done(a.rc.BlockRemove(id))
}

// Not reported: the process ends.
// Rules: behavior/process-end.
func (a *App) fatal(id string) {
	if err := a.rc.BlockRemove(id); err != nil {
		log.Fatalf("unblock %s: %v", id, err)
	}
}

// Not reported: the process ends after a line on the terminal.
func (a *App) exit(id string) {
	if err := a.rc.BlockRemove(id); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Not reported: a panic.
// Rules: behavior/process-end.
func (a *App) panics(id string) string {
	user, err := a.rc.UserRegister(id, id, "")
	if err != nil {
		panic(err)
	}
	return user.Token
}

// must ends the process for any error.
func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Not reported: a helper that by fact ends the process.
// Rules: behavior/process-end.
func (a *App) mustUnblock(id string) {
	must(a.rc.BlockRemove(id))
}

// Not reported: cleaning up on a path that returns another failure.
// Rules: unchecked/cleanup-call.
func (a *App) cleanup(id, owner string) error {
	if _, err := a.rc.GroupCreate(id, id, []string{owner}); err != nil {
		return err
	}
	if err := a.store(id); err != nil {
		_, _ = a.rc.GroupDismiss(id, owner)
		return fmt.Errorf("store %s: %w", id, err)
	}
	return nil
}

// Not reported: cleaning up that logs its own failure.
// Rules: unchecked/cleanup-call.
func (a *App) cleanupLogged(id, owner string) error {
	if _, err := a.rc.GroupCreate(id, id, []string{owner}); err != nil {
		return err
	}
	if err := a.store(id); err != nil {
		if _, undo := a.rc.GroupDismiss(id, owner); undo != nil {
			log.Print(undo)
		}
		return err
	}
	return nil
}

func (a *App) store(id string) error {
	if a.cache[id] != "" {
		return os.ErrExist
	}
	a.cache[id] = id
	return nil
}

// Not reported: a handler answers its own client.
func (a *App) handler(w http.ResponseWriter, r *http.Request) {
	if err := a.rc.BlockRemove(r.FormValue("user")); err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Not reported: a flag set in the branch and asked after it.
func (a *App) flagged(id string) {
	bad := false
	if err := a.rc.BlockRemove(id); err != nil {
		bad = true
	}
	if bad {
		a.failed++
	}
}

// Not reported: a named result carries it.
func (a *App) named(id string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("named: %w", err)
		}
	}()
	err = a.rc.BlockRemove(id)
	return
}

// Not reported: a failure that falls back to what is known from before.
func (a *App) fallback(id string) (string, error) {
	user, err := a.rc.UserRegister(id, id, "")
	if err != nil {
		return a.remembered(id)
	}
	return user.Token, nil
}

func (a *App) remembered(id string) (string, error) {
	if token := a.cache[id]; token != "" {
		return token, nil
	}
	return "", errNotFound
}

// Not reported: made anew from its code.
// Rules: retryable/lost-code.
func (a *App) rebuilt(id string) error {
	err := a.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		return sdk.RCErrorNew(failure.Code, "unblock: "+failure.ErrorMessage)
	}
	return err
}

// Not reported: the next attempt is another function's decision, it gets the code.
func (a *App) scheduled(id string, again func(code int)) {
	var failure sdk.CodeResult
	if errors.As(a.rc.BlockRemove(id), &failure) {
		again(failure.Code)
	}
}
