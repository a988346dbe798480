// Package backoff runs what it is given as often as its server says.
package backoff

// Once runs a function: what the package does with it is its own affair.
func Once(f func() error) error { return f() }
