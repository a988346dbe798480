// Package interp is the abstract interpreter: conditional constant propagation over the
// SSA of one function, with one carrier bound to one code.
//
// It knows the lattice of abstract values, the memory of local variables, how calls are
// followed (summaries by argument values, facts of other packages, models of the
// standard library), which error types a carrier can have, and which effects are reached.
// The algorithm is sparse conditional constant propagation (Wegman and Zadeck, TOPLAS
// 1991) over blocks in reverse postorder, once for each code that matters.
//
// It is asked for a Propagation of a Source and a code. It never chooses the codes,
// never compares what two codes do, and does not look for carriers.
package interp
