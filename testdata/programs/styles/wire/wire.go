// Package wire holds what the services share when they talk to the messaging API.
package wire

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

const (
	Success          = 200
	UserNotFound     = 400
	RateLimited      = 1008
	ServiceTimeout   = 1050
	GroupNotFound    = 25410
	QueryRateLimited = 25416
)

// Envelope stands in every answer.
type Envelope struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

// Error is a failure the API answered with.
type Error struct {
	Code    int
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("rong: %d %s", e.Code, e.Message) }

// Temporary says whether the same call may succeed later.
func (e *Error) Temporary() bool {
	return e.Code == RateLimited || e.Code == ServiceTimeout || e.Code == QueryRateLimited
}

// Check turns an envelope into an error.
func Check(env Envelope) error {
	if env.Code != Success {
		return &Error{Code: env.Code, Message: env.ErrorMessage}
	}
	return nil
}

// Parse reads the body, checks its code and decodes it.
func Parse(body io.Reader, out any) error {
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	var env Envelope
	if err := json.Unmarshal(data, &env); err != nil {
		return fmt.Errorf("rong: bad answer: %w", err)
	}
	if err := Check(env); err != nil {
		return err
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(data, out)
}

// Sign sets the request's headers.
func Sign(req *http.Request, key, secret string) {
	ts := strconv.FormatInt(time.Now().Unix(), 10)
	nonce := strconv.FormatInt(time.Now().UnixNano(), 36)
	sum := sha1.Sum([]byte(secret + nonce + ts))
	req.Header.Set("App-Key", key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", ts)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
}
