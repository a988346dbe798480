// Package webhook takes the job runner's reports.
package webhook

import (
	"encoding/json"
	"net/http"

	"example.com/modern/rong"
)

type report struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	UserID       string `json:"userId"`
}

// Handler takes reports.
type Handler struct {
	Client *rong.Client
	Failed func(user, message string)
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var rep report
	if err := json.NewDecoder(r.Body).Decode(&rep); err != nil {
		http.Error(w, "bad report", http.StatusBadRequest)
		return
	}
	if rep.Code == 17 || rep.Code == 429 {
		h.Failed(rep.UserID, rep.ErrorMessage)
	}
	if _, err := h.Client.Token(r.Context(), rep.UserID, ""); err != nil {
		http.Error(w, "no token", http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
