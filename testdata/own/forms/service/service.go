// Package service asks errors for the form in which nobody makes them, and for the right one.
package service

import (
	"errors"
	"log"

	"example.com/forms/client"
	"example.com/forms/codes"
)

// Reported: nobody makes a pointer of it.
// Rules: target/error-form.
func pointer(c *client.Client) error {
	err := c.Put("a")
	var e *codes.Error
	if errors.As(err, &e) && e.Code == codes.Full { // want `\*codes.Error never matches here: \(\*client.Client\).Put returns codes.Error \(target\)`
		log.Print("full")
	}
	return err
}

// Reported: the same below another error, with AsType.
func pointerInside(c *client.Client) error {
	err := c.Move("a")
	if e, ok := errors.AsType[*codes.Error](err); ok && e.Code == codes.Full { // want `\*codes.Error never matches here: \(\*client.Client\).Move returns codes.Error \(target\)`
		log.Print("full")
	}
	return err
}

// Reported: the same as an assertion.
func pointerAsserted(c *client.Client) error {
	err := c.Take("a")
	if e, ok := err.(*codes.Error); ok && e.Code == codes.Full { // want `\*codes.Error never matches here: .*\(target\)`
		log.Print("full")
	}
	return err
}

// Reported: whatever the link fails with, it is wrapped.
func wrapped(c *client.Client) error {
	err := c.Move("a")
	switch e := err.(type) {
	case codes.Error: // want `codes.Error never matches here: the error was wrapped on every path; use errors.As \(target\)`
		log.Print(e.Code)
	}
	return err
}

// Not reported: the right form.
func value(c *client.Client) error {
	err := c.Move("a")
	var e codes.Error
	if errors.As(err, &e) && e.Code == codes.Full {
		log.Print("full")
	}
	return err
}

// Not reported: it comes as it is.
func asserted(c *client.Client) error {
	err := c.Take("a")
	if e, ok := err.(codes.Error); ok && e.Code == codes.Full {
		log.Print("full")
	}
	return err
}

// Not reported: wrapped on one path alone.
func sometimes(c *client.Client, far bool) error {
	err := c.Take("a")
	if far {
		err = c.Move("a")
	}
	if e, ok := err.(codes.Error); ok && e.Code == codes.Full {
		log.Print("full")
	}
	return err
}

// Not reported: what a link fails with is not seen, and who asks for both forms says so.
// Rules: target/error-form.
func bothForms(c *client.Client) error {
	err := c.Take("a")
	switch err.(type) {
	case codes.Error, *codes.Error:
		log.Print("refused")
	}
	return err
}

// Not reported: pointers of it are made elsewhere, and a link may answer with them.
func madeElsewhere(c *client.Client) error {
	err := c.Check("a")
	var f *codes.Fault
	if errors.As(err, &f) && f.Code == codes.Broken {
		log.Print("broken")
	}
	return err
}

// Putter is what puts.
type Putter interface{ Put(id string) error }

// Not reported: who puts is not seen.
func behindInterface(p Putter) error {
	err := p.Put("a")
	var e *codes.Error
	if errors.As(err, &e) && e.Code == codes.Full {
		log.Print("full")
	}
	return err
}
