// Package summary keeps answers about functions that call each other.
//
// It knows which questions are being answered, and on which of them an answer hangs that was
// found meanwhile. Inside a cycle it computes the least or the greatest fixed point, as the
// memo's first assumption says, on demand: a question that is asked while it is being answered
// gets what is assumed so far, and is answered again until that agrees with what is found.
// What hung on an assumption is kept only when the root of its strongly connected component
// has its answer (Tarjan 1972; Le Charlier and Van Hentenryck 1992, for the order of it).
//
// It is asked by every memo of the engine. It never knows what a question is about.
package summary
