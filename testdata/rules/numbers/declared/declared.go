// Package declared uses an interface of another package that declares codes.
package declared

import "example.com/numbers/declared/sink"

// Reported: the parameter and the result, not the weight.
func last(s sink.Sink) bool {
	s.Put(1008, 1008)       // want `1008 .*\(magic\)`
	return s.Last() == 1050 // want `1050 .*\(magic\)`
}

// Not reported: an interface of one's own without a directive.
// Rules: magic/code-argument.
func length(s interface{ Last() int }) bool { return s.Last() == 1050 }
