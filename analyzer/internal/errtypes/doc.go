// Package errtypes finds the dynamic types of errors that hold a code.
//
// It knows, backwards from a value, which types an error can have where it holds a code,
// which stand inside another error, and which parameters of a function come out of it as
// they are, wrapped, or unwrapped; or that not all of this is known.
//
// It is asked about a value, a call or a function. It follows calls into the package and
// through facts, but never decides a branch, and knows which types hold codes from flow alone.
package errtypes
