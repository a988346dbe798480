// Package report is what retcode knows about a program's handling of return codes: for each
// call that can answer with a code of a known API, into which classes the function divides
// the codes, what it does for each, and what was found there.
//
// A [Package] is the analyzer's result for one package; [Merge] makes a [Report] of several,
// in a fixed order. A Report is asked for a code's [Outcome] at a [Site] and for its [Total]
// over all, and travels as JSON ([Encode], [Decode]) in the form that [Schema] describes.
//
// The package holds data alone: it reads no source, knows no API, and needs the standard
// library only.
package report
