// Package behavior is the face of the engine: what checks ask, and what importers are told.
//
// It knows how the rooms below work together, and writes down what each function of the
// package does for codes (Fact): which results hold a carrier, which codes were handled
// below, predicates as tables, who waits, retries, exits or has no effect, and what all
// implementations of an interface's method have in common.
//
// It is asked once for the fact of a package, and then by the checks. It never reports,
// and knows neither flags nor positions in the source.
package behavior
