// Package app uses what flags make an origin.
package app

import "example.com/options-origin/wire"

// Reported: a field.
// Rules: origin/declared-code.
func field(f wire.Frame) bool {
	return f.Kind == 21402 // want `21402 .*24402.*\(unknown\)`
}

// Reported: a field of the other space.
func status(f *wire.Frame) bool {
	return f.Status == 1008 // want `1008 .*429.*\(mixed\)`
}

// Reported: a function's result.
func function() bool {
	return wire.Last() == 429 // want `429 .*1008.*\(mixed\)`
}

// Reported: a method's result.
func method(c *wire.Conn) bool {
	return c.Code() == 3000 // want `3000 .*\(unknown\)`
}

// Reported: a composite literal.
func composite() wire.Frame {
	return wire.Frame{Kind: 777, Status: 200, Length: 777} // want `777 .*\(unknown\)`
}

// Not reported: the field, function and method beside them.
// Rules: origin/declared-code.
func others(f wire.Frame, c *wire.Conn) bool {
	return f.Length == 1008 || wire.First() == 1008 || c.Length() == 429
}
