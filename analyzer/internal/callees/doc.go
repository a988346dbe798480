// Package callees summarizes the functions of the package that are called, whatever the code.
//
// It knows which of them are pure (nothing outlives the call) and which never return.
// Both are found once for each function, over the calls of the package, the facts of
// other packages and the models of the library.
//
// It is asked about one call or function. It never follows a value, and knows no code.
package callees
