// Package flow follows codes and carriers through a package: a graph of labels over
// SSA values, fields, variables and results, to a fixed point.
//
// It knows which spaces, requests, responses and carriers come to a value on some path,
// which functions a call can reach, which parameters come out as which results, and
// which envelopes are decoded from an answer of the API. What other packages do comes
// from their facts.
//
// It is asked for the labels of a value, a field or a result. It never asks in which
// order things happen or what a branch decides: that is the interpreter's work.
package flow
