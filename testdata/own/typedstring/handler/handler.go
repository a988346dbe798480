// Package handler answers its own clients.
package handler

import (
	"net/http"

	"example.com/typedstring/client"
	"example.com/typedstring/service"
)

// Handler answers.
type Handler struct{ c *client.Client }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, err := service.Deliver(h.c, r.FormValue("to"))
	switch reason := service.ReasonOf(err); reason {
	case "NO_STREET": // want `magic reason NO_STREET \(NoSuchStreet: the address does not exist\); use codes.NoSuchStreet \(magic\)`
		w.WriteHeader(http.StatusBadRequest)
	case "E_BUSY", "E_SLOW_DOWN": //retcode:ignore magic the contract has these words
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
	}
	w.Write([]byte(number))
}
