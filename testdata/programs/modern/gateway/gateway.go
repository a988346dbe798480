// Package gateway is the platform's HTTP interface to the messaging service.
package gateway

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"example.com/modern/im"
	"example.com/modern/imcode"
)

// answer is our own envelope.
type answer struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage,omitempty"`
	Data         any    `json:"data,omitempty"`
}

func reply(w http.ResponseWriter, status int, a answer) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(a); err != nil {
		slog.Error("writing the answer", "err", err)
	}
}

// Handler serves the mobile apps.
type Handler struct{ Svc *im.Service }

func (h *Handler) register(w http.ResponseWriter, r *http.Request) {
	u, err := h.Svc.Register(r.FormValue("id"), r.FormValue("name"))
	if err != nil {
		slog.ErrorContext(r.Context(), "register", "err", err)
		reply(w, http.StatusBadGateway, answer{Code: 40001, ErrorMessage: "registration is not possible now"})
		return
	}
	reply(w, http.StatusOK, answer{Code: 0, Data: u.Token})
}

func (h *Handler) unblock(w http.ResponseWriter, r *http.Request) {
	if err := h.Svc.Unblock(r.FormValue("id")); err != nil { // wrong: retryable // want `\(retryable\)`
		http.Error(w, "unblock failed", statusOf(err))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// statusOf is the status that our client sees for a failure.
func statusOf(err error) int {
	if code, ok := im.CodeOf(err); ok && code == imcode.UserNotFound { // missed: retryable
		return http.StatusNotFound
	}
	return http.StatusInternalServerError
}

func (h *Handler) publish(w http.ResponseWriter, r *http.Request) {
	err := h.Svc.Publish(r.Context(), r.FormValue("from"), r.FormValue("to"), r.FormValue("text"))
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, im.ErrPublishDeadline):
		w.WriteHeader(http.StatusGatewayTimeout)
	default:
		w.WriteHeader(http.StatusBadGateway)
	}
}

// Routes returns the handler for all paths.
func (h *Handler) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /register", h.register)
	mux.HandleFunc("POST /unblock", h.unblock)
	mux.HandleFunc("POST /publish", h.publish)
	return mux
}
