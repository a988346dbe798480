// Package handler answers its own clients.
package handler

import (
	"net/http"

	"example.com/protobuf/codes"
)

// Rule is what to answer to a status: a struct with a code that no call returns is no answer.
type Rule struct {
	Status codes.Status
	HTTP   int
}

var rules = []Rule{
	{codes.Status_STATUS_NO_FUNDS, http.StatusPaymentRequired},
	{3, http.StatusGone}, // want `magic status 3 \(Status_STATUS_CLOSED: closed\); use codes.Status_STATUS_CLOSED \(magic\)`
}

func find(s codes.Status) (Rule, error) {
	for _, r := range rules {
		if r.Status == s {
			return r, nil
		}
	}
	return Rule{}, http.ErrNotSupported
}

func answer(w http.ResponseWriter, s codes.Status) {
	r, err := find(s)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(r.HTTP)
}
