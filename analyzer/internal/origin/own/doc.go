// Package own reads the API that a package declares by directives beside its constants:
// //retcode:space, retry, group, owes, host, path and origin.
//
// It knows those directives, where each may stand, and what can be wrong with them. It is
// asked by the face for the API of one package, as importers are told of it, and for the
// catalog that such an API is, which is like one of a data file from then on.
//
// It never asks what a program does with codes, and knows nothing of catalogs that are
// in the binary. What is wrong is told once, at its place, with the mend; the rest counts.
package own
