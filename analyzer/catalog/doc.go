// Package catalog knows what vendors document about the return codes of their APIs, one
// [Catalog] for each: the spaces of codes with names, groups, meanings and retry classes; which
// codes belong together; how the code of an error is taken, and what its text says of it; what
// shows that a program uses the API; and which checks speak for it.
//
// It is asked by [Load], [All] and [Names] for catalogs, and those by their methods for facts. A
// code is a [Value] of its space's kind, an integer or a string.
//
// The facts stand in data/NAME.yaml. [Parse] reads such a file and names each mistake with its
// line; go generate makes static Go data of them, so that nothing is read, parsed or built when
// a program starts. An API of a known shape is a data file and no code.
//
// It never looks at Go programs: go/types, go/ssa and the analysis are others' business. What it
// hands out is shared and must not be changed.
package catalog
