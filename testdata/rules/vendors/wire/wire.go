// Package wire has the envelope that the answers of two vendors have in common.
package wire

import (
	"encoding/json"
	"io"
)

// Envelope is what each answer begins with.
type Envelope struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

// OK is true for success of either vendor.
func OK(code int) bool { return code == 0 || code == 200 }

// Read decodes an answer.
func Read(r io.Reader, v any) error {
	raw, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}
