package endings

import (
	"fmt"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: assigned to nothing.
// Rules: unchecked/dropped-error.
func (a *App) blank(id string) {
	_ = a.rc.BlockRemove(id) // want `\(unchecked\)`
}

// Reported: a statement.
// Rules: unchecked/dropped-error.
func (a *App) statement(id string) {
	a.rc.BlockRemove(id) // want `\(unchecked\)`
}

// Reported: both results assigned to nothing.
func (a *App) blankBoth(id, user string) {
	_, _ = a.rc.GroupJoin(id, id, []string{user}) // want `\(unchecked\)`
}

// Reported: the first of two results is the error.
func (a *App) blankFirst(user, id string) string {
	_, request := a.rc.UGGroupCreate(user, id, id) // want `\(unchecked\)`
	return request
}

// Reported: nobody can see what a goroutine's call returns.
func (a *App) goroutine(id string) {
	go a.rc.BlockRemove(id) // want `\(unchecked\)`
}

// Reported: nor what a deferred call returns.
// Rules: unchecked/dropped-error.
func (a *App) deferred(id string) string {
	defer a.rc.ChatRoomDestroy(id) // want `\(unchecked\)`
	return a.cache[id]
}

// Reported: the closure of the goroutine only logs.
func (a *App) goroutineLogs(id string) {
	go func() {
		if err := a.rc.BlockRemove(id); err != nil { // want `\(unchecked\)`
			log.Print(err)
		}
	}()
}

// Reported: the structured logger is no handling either.
// Rules: unchecked/logged-only.
func (a *App) slogged(id string) {
	err := a.rc.BlockRemove(id)
	if err != nil { // want `\(unchecked\)`
		a.log.Error("unblock", "user", id, "err", err)
	}
}

// Reported: nor is the application's own logger.
// Rules: unchecked/logged-only.
func (a *App) ownLogger(id string) {
	if err := a.rc.BlockRemove(id); err != nil { // want `\(unchecked\)`
		a.logger.Errorf("unblock %s: %v", id, err)
	}
}

// Reported: printing is logging.
func (a *App) printed(id string) {
	if err := a.rc.BlockRemove(id); err != nil { // want `\(unchecked\)`
		fmt.Println("unblock", id, err)
	}
}

// Reported: the failure is overwritten by the next call.
// Rules: unchecked/overwritten-error.
func (a *App) overwritten(id string) error {
	_, err := a.rc.GroupCreate(id, id, nil) // want `\(unchecked\)`
	_, err = a.rc.GroupJoin(id, id, []string{"bot"})
	return err
}

// Reported: a branch with nothing in it.
// Rules: unchecked/logged-only.
func (a *App) empty(id string) {
	if err := a.rc.BlockRemove(id); err != nil { // want `\(unchecked\)`
		// nothing to be done
	}
}

// Reported: a failure answers nil like success.
func (a *App) nilAnyway(id string) error {
	err := a.rc.BlockRemove(id)
	if err != nil { // want `\(unchecked\)`
		return nil
	}
	return nil
}

// Reported: the token of a failed call is used.
func (a *App) useAnyway(id string) string {
	user, err := a.rc.UserRegister(id, id, "")
	if err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
	a.cache[id] = user.Token
	return user.Token
}

// Reported: the code is asked for and then only written to the log.
func (a *App) codeLogged(id string) {
	failure, ok := a.rc.BlockRemove(id).(sdk.CodeResult)
	if ok { // want `\(unchecked\)`
		log.Printf("unblock %s: code %d", id, failure.Code)
	}
}
