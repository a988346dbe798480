// Package carriers finds where a carrier appears in a function, and who has examined it.
//
// It knows which calls introduce a carrier (an error that can hold a code, a response,
// bytes, a decoded value, a bare code), which variables, parameters and captured
// variables are carriers from outside, which of two results of one answer decides, and
// whether a callee has looked at the code before it hands the answer on.
//
// It is asked for the Sources of a function. It never decides whether what a function
// does with a carrier is right, and reports nothing.
package carriers
