// Package ir answers questions about SSA and types that have nothing to do with codes.
//
// It knows go/ssa and go/types: what a call's callee and arguments are, what stands
// under an interface, which variable an address belongs to, whether a condition asks
// for nil, where a function literal is called, which blocks lie in a loop.
// It is asked by every room above it; where two rooms need the same question, it is here.
//
// It never knows a code, a carrier, an API or a label, keeps no state between two
// questions, and follows no call into its callee.
package ir
