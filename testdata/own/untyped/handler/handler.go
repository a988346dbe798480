// Package handler answers its own clients, and imports the constants nowhere.
package handler

import (
	"net/http"

	"example.com/untyped/client"
)

func answer(w http.ResponseWriter) {
	err := client.Pay("", "a")
	if client.CodeOf(err) == 1 { // want `magic pay code 1 \(Poor: the account has too little money\); use codes.Poor \(magic\)`
		w.WriteHeader(http.StatusPaymentRequired)
		return
	}
	if client.Temporary(client.CodeOf(err)) {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}
