// Package httpx has transports for all of our clients.
package httpx

import (
	"log/slog"
	"net/http"
	"time"
)

// Retry repeats idempotent requests that the server was too busy for.
type Retry struct {
	Next http.RoundTripper
	Wait time.Duration
}

// RoundTrip implements http.RoundTripper.
func (t Retry) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.Next.RoundTrip(req)
	if err != nil || req.Method != http.MethodGet {
		return resp, err
	}
	if resp.StatusCode == 429 || resp.StatusCode == 503 {
		resp.Body.Close()
		time.Sleep(t.Wait)
		return t.Next.RoundTrip(req)
	}
	return resp, nil
}

// Log logs each request.
type Log struct{ Next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t Log) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.Next.RoundTrip(req)
	if err == nil && resp.StatusCode != 200 {
		slog.Warn("request", "url", req.URL.Path, "status", resp.StatusCode)
	}
	return resp, err
}
