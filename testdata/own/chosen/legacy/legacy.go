// Package legacy knows nothing of the codes.
package legacy

// Reply is an answer.
type Reply struct {
	Ret, Old int
}
