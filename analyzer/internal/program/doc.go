// Package program holds the SSA of one package, built once and shared by every catalog.
//
// It knows the package's functions in the order of the source, the SSA value of an
// expression, which methods of the package implement the method of an interface, and
// what values of its interfaces are made of.
//
// It is asked by flow, and through it by every room of the engine. It never
// evaluates anything, and knows no catalog, no code and no fact of another package.
package program
