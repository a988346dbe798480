// Package handler answers its own clients.
package handler

import (
	"net"
	"net/http"

	"example.com/errstruct/client"
	"example.com/errstruct/codes"
)

func answer(w http.ResponseWriter, conn net.Conn) {
	data, err := client.Get(conn, "a")
	switch code := codes.CodeOf(err); {
	case code == 0x102: // want `magic volume code 258 \(NotFound: there is no such object\); use codes.NotFound \(magic\)`
		w.WriteHeader(http.StatusNotFound)
	case codes.IsTemporary(err):
		w.WriteHeader(http.StatusServiceUnavailable)
	case err != nil:
		w.WriteHeader(http.StatusInternalServerError)
	default:
		w.Write(data)
	}
}
