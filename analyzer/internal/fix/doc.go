// Package fix chooses the constant that should stand for a code's number, and makes the
// edits.
//
// It knows which constants of the package, of its imports and of the configured package
// name a code, which names are free, and how an import is added so that all fixes of a
// package can be applied at once.
//
// It is asked for the fix of one literal. It never decides whether the literal is
// wrong, and offers nothing where two constants would do.
package fix
