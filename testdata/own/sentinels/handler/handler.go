// Package handler answers its own clients.
package handler

import (
	"errors"
	"net/http"

	"example.com/sentinels/service"
)

func answer(w http.ResponseWriter, r *http.Request) {
	item, err := service.Next(r.FormValue("queue"))
	if errors.Is(err, service.ErrNothing) {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Write(item)
}
