// Package api answers HTTP.
package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"example.com/service/im"
	"example.com/service/room"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// API has the handlers.
type API struct {
	rooms *room.Service
	rc    *sdk.RongCloud
}

type answer struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

// Not reported: the server's own answer
func writeErr(w http.ResponseWriter, status, code int, msg string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer{Code: code, Msg: msg})
}

// Members Not reported: boundary
func (a *API) Members(w http.ResponseWriter, r *http.Request) {
	m, err := a.rooms.MembersOK(r.PathValue("id"))
	if err != nil {
		writeErr(w, http.StatusBadGateway, 50001, "upstream")
		return
	}
	_ = json.NewEncoder(w).Encode(m)
}

// Block Not reported: a closure handler
func (a *API) Block() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := a.rc.BlockAdd(r.FormValue("u"), 1); err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		writeErr(w, 200, 0, "")
	}
}

// JoinSwitch Reported (switch): a boundary does not excuse a switch
// Rules: switch/boundary-function.
func (a *API) JoinSwitch(w http.ResponseWriter, r *http.Request) {
	_, err := a.rc.GroupJoin(r.FormValue("g"), "", []string{r.FormValue("u")})
	var cr sdk.CodeResult
	if errors.As(err, &cr) {
		switch cr.Code { // want `\(switch\)`
		case im.CodeGroupFull:
			writeErr(w, http.StatusConflict, 40901, "full")
		case im.CodeGroupNotFound:
			writeErr(w, http.StatusNotFound, 40401, "none")
		default:
			writeErr(w, http.StatusInternalServerError, 50001, "failed")
		}
		return
	}
	if err != nil {
		writeErr(w, http.StatusBadGateway, 50002, err.Error())
	}
}

// httpStatus Reported (mixed): body code compared with an HTTP constant
func httpStatus(err error) int {
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return http.StatusBadGateway
	}
	if cr.Code == http.StatusTooManyRequests { // want `\(mixed\)`
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Kick Not reported:
func (a *API) Kick(w http.ResponseWriter, r *http.Request) {
	if err := a.rc.BlockAdd(r.FormValue("u"), 1); err != nil {
		w.WriteHeader(httpStatus(err))
	}
}

// handle Not reported: handler with error result hands on
func (a *API) handle(w http.ResponseWriter, r *http.Request) error {
	tok, err := a.rc.UserRegister(r.FormValue("u"), "x", "")
	if err != nil {
		return fmt.Errorf("token: %w", err)
	}
	_, err = fmt.Fprintln(w, tok.Token)
	return err
}

// Unban Reported (unchecked): answers 204 whatever happened
func (a *API) Unban(w http.ResponseWriter, r *http.Request) {
	_ = a.rc.BlockRemove(r.FormValue("u")) // want `\(unchecked\)`
	w.WriteHeader(http.StatusNoContent)
}

// Magics Reported (magic): and unknown
func (a *API) Magics(id string) error {
	err := a.rc.ChatRoomDestroy(id)
	if cr, ok := errors.AsType[sdk.CodeResult](err); ok {
		if cr.Code == 23410 { // want `\(magic\)`
			return nil
		}
		if cr.Code == 23401 { // want `\(unknown\)`
			return nil
		}
	}
	return err
}
