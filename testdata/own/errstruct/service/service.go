// Package service keeps objects.
package service

import (
	"errors"
	"fmt"
	"net"
	"strings"

	"example.com/errstruct/client"
	"example.com/errstruct/codes"
)

var (
	errFull   = errors.New("full")
	errFailed = errors.New("failed")
)

func magic(err error) bool {
	return codes.CodeOf(err) == 0x103 // want `magic volume code 259 \(Exists: exists\); use codes.Exists \(magic\)`
}

// The table is open: a number that it lacks may be answered.
// Rules: unknown/open-space.
func open(err error) bool { return codes.CodeOf(err) == 0x999 }

func sizes(n int) bool { return n == 0x103 }

func switched(conn net.Conn) error {
	err := client.Put(conn, "a")
	var e *codes.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() { // want `switch on a volume code omits 769 \(Moving\) and 770 \(Flooded\), .* \(switch\)`
	case codes.Sealed:
		return errFull
	}
	return errFailed
}

func whole(conn net.Conn) error {
	err := client.Put(conn, "a")
	var e *codes.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case codes.Sealed:
		return errFull
	case codes.Moving, codes.Flooded:
		return err
	}
	return errFailed
}

// Rules: own/called-error.
func lost(conn net.Conn) error {
	if err := client.Put(conn, "a"); err != nil {
		return fmt.Errorf("put: %v", err) // want `the code of client.Put's error is lost here: callers can no longer tell 769 \(Moving\) and 770 \(Flooded\) from other failures \(retryable\)`
	}
	return nil
}

// Rules: own/called-error.
func kept(conn net.Conn) error {
	if err := client.Put(conn, "a"); err != nil {
		return fmt.Errorf("put: %w", err)
	}
	return nil
}

func mistaken(conn net.Conn) error {
	err := client.Put(conn, "a")
	if codes.CodeOf(err) == codes.Sealed { // want `769 \(Moving\) and 770 \(Flooded\) are treated like permanent failures here; .* \(retryable\)`
		return errFull
	}
	if err != nil {
		return errFailed
	}
	return nil
}

func told(conn net.Conn) error {
	err := client.Put(conn, "a")
	switch {
	case codes.IsTemporary(err):
		return err
	case codes.CodeOf(err) == codes.Sealed:
		return errFull
	case err != nil:
		return errFailed
	}
	return nil
}

func text(conn net.Conn) bool {
	err := client.Put(conn, "a")
	return err != nil && strings.Contains(err.Error(), "errno 769") // want `the code 769 \(Moving\) is looked for in the text of an error.* \(text\)`
}

// What may be inside of an error that unwraps is not known, so it is not said that this never matches.
func target(conn net.Conn) bool {
	_, ok := kept(conn).(*codes.Error)
	return ok // want `the code of service.kept's error is lost here: .* \(retryable\)`
}

// An Is of its own compares the codes, so that this is as good as comparing them.
func same(conn net.Conn) error {
	err := client.Put(conn, "a")
	if errors.Is(err, codes.New(codes.Sealed, "")) {
		return errFull
	}
	return err
}
