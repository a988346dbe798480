// Package wire carries answers of the API in a form of its own.
package wire

// Frame is an answer.
type Frame struct {
	Kind   int
	Status int
	Length int
}

// Conn is a connection.
type Conn struct{ code int }

// Code returns the code of the last answer.
func (c *Conn) Code() int { return c.code }

// Length returns the length of the last answer.
func (c *Conn) Length() int { return 0 }

// Last returns the code of the last answer on any connection.
func Last() int { return 0 }

// First returns the number of the first connection.
func First() int { return 0 }
