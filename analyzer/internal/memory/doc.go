// Package memory knows what local and package variables can hold, whatever the code is.
//
// It knows which stores, calls and closures fill a variable, which of them reach a read
// (reaching definitions), which lists and maps are written out in the program and nowhere
// changed, and what a variable holds that is assigned once.
//
// It is asked by the interpreter, and by who follows a value backwards. It never evaluates
// anything, and knows no code and no carrier.
package memory
