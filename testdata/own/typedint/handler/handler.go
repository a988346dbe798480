// Package handler answers its own clients. It imports neither the codes nor their client.
package handler

import (
	"net/http"

	"example.com/typedint/service"
)

// Handler answers.
type Handler struct {
	Pay func(w http.ResponseWriter, r *http.Request)
}

func answer(w http.ResponseWriter, err error) {
	switch service.CodeOf(err) {
	case 0:
		w.WriteHeader(http.StatusOK)
	case 4001: // want `magic billing code 4001 \(InsufficientFunds: .*; use codes.InsufficientFunds \(magic\)`
		w.WriteHeader(http.StatusPaymentRequired)
	case 4290: //retcode:ignore magic the number is in the contract
		w.WriteHeader(http.StatusTooManyRequests)
	case 5030: // want `magic billing code 5030 \(Unavailable: .*; use codes.Unavailable \(magic\)`
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
}
