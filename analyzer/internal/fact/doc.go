// Package fact holds what one package tells its importers about return codes.
//
// It knows the encoding alone: sorted slices, never maps, the same bytes for the same
// findings, and nothing that is not exported. It is the only room that knows how facts
// are encoded; what is told is decided in behavior and flow.
//
// It is asked by the face, which reads and exports facts, and by who tells and reads them.
// It never decides what is told, and knows nothing of syntax, types or SSA.
package fact
