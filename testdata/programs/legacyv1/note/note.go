// Package note is given the bytes of answers.
package note

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
)

// Tape keeps bytes.
type Tape struct {
	head [512]byte
	all  bytes.Buffer
}

// Put Not reported: it takes the bytes over
func (t *Tape) Put(b []byte) { copy(t.head[:], b) }

// Add Not reported: it takes the bytes over
func (t *Tape) Add(b []byte) { t.all.Write(b) }

// Dump Not reported: what it is given ends in the log
func Dump(op string, b []byte) { log.Printf("%s: %s", op, b) }

// Show Not reported: the bytes go on as they are
func Show(w io.Writer, b []byte) { fmt.Fprintf(w, "%s\n", b) }

// Pretty Not reported: so they do here
func Pretty(b []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "  "); err != nil {
		return ""
	}
	return out.String()
}

// Must Not reported: it looks
func Must(b []byte) {
	var v struct{ Code int }
	if json.Unmarshal(b, &v) != nil || v.Code != 200 {
		panic("refused")
	}
}

// Asks Not reported: it looks at something else of the answer
func Asks(b []byte, tell func()) {
	var v struct{ Token string }
	if json.Unmarshal(b, &v) == nil && v.Token == "" {
		tell()
	}
}
