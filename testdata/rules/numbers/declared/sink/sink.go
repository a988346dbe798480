// Package sink declares codes in an interface.
package sink

// Sink takes codes and tells them.
type Sink interface {
	// Put takes one, with a weight.
	//
	//retcode:code business code
	Put(code, weight int)

	// Last tells the last one.
	//
	//retcode:code business
	Last() int
}

// Reported: what the methods take and tell is meant to be a code here.
func last(s Sink) bool {
	s.Put(429, 429)          // want `429 is an HTTP status.*\(mixed\)`
	return s.Last() == 25401 // want `25401 is no documented.*\(unknown\)`
}
