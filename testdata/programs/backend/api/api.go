// Package api answers our own clients.
package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"example.com/backend/errs"
	"example.com/backend/im"
	"example.com/backend/service"
)

// Reply is what our own clients get.
type Reply struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data any    `json:"data,omitempty"`
}

// Handler serves.
type Handler struct {
	svc *service.Service
	im  *im.Client
}

// New makes a handler.
func New(svc *service.Service, c *im.Client) *Handler { return &Handler{svc: svc, im: c} }

func write(w http.ResponseWriter, status int, r Reply) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(r); err != nil {
		slog.Error("writing the answer", "err", err)
	}
}

// Token registers a user.
func (h *Handler) Token(w http.ResponseWriter, r *http.Request) {
	token, err := h.im.Register(r.FormValue("id"), r.FormValue("name"), "")
	if err != nil {
		slog.Error("token", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	write(w, http.StatusOK, Reply{Code: errs.AppOK, Data: token})
}

// Join answers with numbers of our own.
func (h *Handler) Join(w http.ResponseWriter, r *http.Request) {
	err := h.im.Join(r.FormValue("room"), r.FormValue("user"))
	switch {
	case err == nil:
		write(w, http.StatusOK, Reply{Code: errs.AppOK})
	case errors.Is(err, im.ErrGroupNotFound):
		write(w, http.StatusNotFound, Reply{Code: 20003, Msg: "no such room"})
	case errors.Is(err, im.ErrBusy):
		write(w, http.StatusServiceUnavailable, Reply{Code: errs.AppTryAgain, Msg: "try again"})
	default:
		write(w, http.StatusBadGateway, Reply{Code: errs.AppInternal, Msg: "failed"})
	}
}

// Room answers with what the error kit says.
func (h *Handler) Room(w http.ResponseWriter, r *http.Request) {
	g, err := h.im.OpenGroup(r.PathValue("id"), r.FormValue("name"), nil)
	if err != nil {
		write(w, errs.HTTPStatus(err), Reply{Code: errs.AppCode(err), Msg: errs.Hint(err)})
		return
	}
	write(w, http.StatusOK, Reply{Data: g})
}

// Follow knows what our clients should do.
// Rules: switch/boundary-function.
func (h *Handler) Follow(w http.ResponseWriter, r *http.Request) {
	err := h.im.Follow(r.FormValue("from"), r.FormValue("to"))
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	switch errs.CodeOf(err) {
	case errs.AlreadyFriends:
		w.WriteHeader(http.StatusNoContent)
	case errs.RateLimited, errs.ServiceTimeout:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		w.WriteHeader(http.StatusBadGateway)
	}
}

// Create knows less.
// Rules: switch/boundary-function.
func (h *Handler) Create(w http.ResponseWriter, r *http.Request) {
	err := h.im.CreateCommunity(r.FormValue("owner"), r.FormValue("id"), r.FormValue("name"))
	if err == nil {
		w.WriteHeader(http.StatusCreated)
		return
	}
	switch errs.CodeOf(err) { // want `\(switch\)`
	case errs.InvalidParameter:
		http.Error(w, "bad parameter", http.StatusBadRequest)
	case errs.IPNotAllowed:
		http.Error(w, "misconfigured", http.StatusInternalServerError)
	default:
		http.Error(w, "failed", http.StatusBadGateway)
	}
}

// Verify compares a number that the user typed.
func (h *Handler) Verify(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		write(w, http.StatusBadRequest, Reply{Code: 40001, Msg: "bad body"})
		return
	}
	if in.Code != 123456 && in.Code != 1008 {
		write(w, http.StatusUnauthorized, Reply{Code: errs.AppUnauthorized, Msg: "wrong number"})
		return
	}
	write(w, http.StatusOK, Reply{})
}

// Health is asked every few seconds.
func (h *Handler) Health(w http.ResponseWriter, _ *http.Request) {
	if _, err := h.im.Status("probe"); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// Recover answers for those that panic.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				write(w, 500, Reply{Code: errs.AppInternal, Msg: "panic"})
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Func is a handler that may fail.
type Func func(w http.ResponseWriter, r *http.Request) error

// ServeHTTP answers a failure once for all.
func (f Func) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := f(w, r); err != nil {
		write(w, errs.HTTPStatus(err), Reply{Code: errs.AppCode(err), Msg: errs.Hint(err)})
	}
}

// Close is a Func.
func (h *Handler) Close(w http.ResponseWriter, r *http.Request) error {
	if err := h.im.DismissCommunity(r.PathValue("id")); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// members is no handler itself.
func (h *Handler) members(id string) ([]string, error) {
	g, err := h.im.Group(id)
	if errors.Is(err, im.ErrGroupNotFound) {
		return nil, service.ErrNoSuchRoom
	}
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, u := range g.Users {
		ids = append(ids, u.UserID)
	}
	return ids, nil
}

// ensure is no handler itself.
func (h *Handler) ensure(id, owner string) error {
	if err := h.im.EnsureGroup(id, id, []string{owner}); err != nil {
		slog.Warn("ensure", "id", id, "err", err)
		return errors.New("room is not available") // want `\(retryable\)`
	}
	return nil
}

// Members lists the members of a room.
func (h *Handler) Members(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if err := h.ensure(id, r.FormValue("owner")); err != nil {
		write(w, http.StatusBadGateway, Reply{Code: errs.AppInternal, Msg: err.Error()})
		return
	}
	ids, err := h.members(id)
	if err != nil {
		write(w, http.StatusBadGateway, Reply{Code: errs.AppInternal, Msg: "failed"})
		return
	}
	write(w, http.StatusOK, Reply{Data: ids})
}
