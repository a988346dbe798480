// Package app books, and looks at what it is answered.
package app

import (
	"errors"
	"log"
	"strings"
	"time"

	"example.com/ledger/client"
)

var (
	errTaken  = errors.New("taken")
	errFailed = errors.New("failed")
)

func magic(err error) bool {
	var e *client.Error
	return errors.As(err, &e) && e.Code == "23505" // want `magic state 23505 \(UniqueViolation: .*; use client.Unique \(magic\)`
}

func named(err error) bool {
	var e *client.Error
	return errors.As(err, &e) && e.Code == client.Unique
}

func unknown(err error) bool {
	var e *client.Error
	return errors.As(err, &e) && e.Code == "23550" // want `"?23550"? is no documented Ledger state; did you mean 23505 \(UniqueViolation\)\? \(unknown\)`
}

func omits(account string) error {
	err := client.Book(account, 1)
	var e *client.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code { // want `switch on a Ledger state omits 40P01 \(DeadlockDetected\).* \(switch\)`
	case client.Serialization:
		time.Sleep(time.Second)
		return client.Book(account, 1)
	case client.Unique:
		return errTaken
	}
	return errFailed
}

func whole(account string) error {
	err := client.Book(account, 1)
	var e *client.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case client.Serialization, client.Deadlock:
		time.Sleep(time.Second)
		return client.Book(account, 1)
	case client.Unique:
		return errTaken
	}
	return errFailed
}

// class tells the codes apart by their beginning.
func class(account string) error {
	err := client.Book(account, 1)
	var e *client.Error
	if !errors.As(err, &e) {
		return err
	}
	if strings.HasPrefix(e.Code, "40") {
		time.Sleep(time.Second)
		return client.Book(account, 1)
	}
	return errFailed
}

func cut(account string) error {
	err := client.Book(account, 1)
	var e *client.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code[:2] {
	case "40":
		time.Sleep(time.Second)
		return client.Book(account, 1)
	}
	return errFailed
}

// wrong treats what passes like what does not.
func wrong(account string) error {
	err := client.Book(account, 1)
	var e *client.Error
	if errors.As(err, &e) && e.Code == client.Unique { // want `40001 \(SerializationFailure\) and 40P01 \(DeadlockDetected\) .* \(retryable\)`
		return errTaken
	}
	if err != nil {
		return errFailed
	}
	return nil
}

func told(account string) error {
	err := client.Book(account, 1)
	if client.Retryable(err) {
		time.Sleep(time.Second)
		return client.Book(account, 1)
	}
	if err != nil {
		return errFailed
	}
	return nil
}

func dropped(account string) {
	if err := client.Book(account, 1); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

func searched(account string) bool {
	err := client.Book(account, 1)
	return err != nil && strings.Contains(err.Error(), "40001") // want `the code 40001 \(SerializationFailure\) is looked for in the text of an error.* \(text\)`
}

func hasty(account string) error {
	for {
		err := client.Book(account, 1) // want `\(retry\)`
		if client.Retryable(err) {
			continue
		}
		return err
	}
}
