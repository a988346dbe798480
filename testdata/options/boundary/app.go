// Package app answers its own clients.
package app

import (
	"errors"
	"log"
	"net/http"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// App is an application that uses the API.
type App struct{ rc *sdk.RongCloud }

// Reported: the client cannot know whether to come again.
// Rules: retryable/boundary-function.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, err := a.rc.UserRegister(r.FormValue("id"), "", "")
	if err != nil {
		http.Error(w, "no token", http.StatusBadGateway) // want `\(retryable\)`
		return
	}
	w.Write([]byte(user.Token))
}

// Reported: a function literal is a handler as well.
// Rules: retryable/boundary-function.
func (a *App) routes(mux *http.ServeMux) {
	mux.HandleFunc("/unblock", func(w http.ResponseWriter, r *http.Request) {
		if err := a.rc.BlockRemove(r.FormValue("id")); err != nil {
			w.WriteHeader(http.StatusInternalServerError) // want `\(retryable\)`
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// Not reported: the client is told when to come again.
func (a *App) block(w http.ResponseWriter, r *http.Request) {
	err := a.rc.BlockAdd(r.FormValue("id"), 10)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && (failure.Code == codeRateLimited || failure.Code == codeTimeout) {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Reported: with and without the option, for nothing is answered at all.
func (a *App) leave(w http.ResponseWriter, r *http.Request) {
	if _, err := a.rc.GroupDismiss(r.FormValue("id"), ""); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
	w.WriteHeader(http.StatusNoContent)
}
