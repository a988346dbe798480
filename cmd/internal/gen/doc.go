// Package gen is the command retcode gen: it writes a Go package of the return codes of an
// API, with the directives by which retcode knows them.
//
// It knows the forms in which teams have their codes (a catalog of the binary, a table, a
// protobuf enum, an OpenAPI document, constants in Go), how names and values of these are
// written in Go, and what the folder of the new file has already. It is asked by the command
// line alone.
//
// It never analyses a program, and writes nothing unless all of it is right: what is wrong is
// one error with its place and the mend.
package gen
