package library

import (
	"go/types"
	"strings"
)

func DecodesLater(f *types.Func) bool {
	if f == nil {
		return false
	}
	for _, name := range []string{"SetResult", "SetSuccess", "SetError", "Into"} {
		if strings.HasPrefix(f.Name(), name) {
			return true
		}
	}
	return ChangesAnswers(f.Name())
}

// ChangesAnswers reports whether a method of a client, or of a request, may make something else
// of an answer.
func ChangesAnswers(name string) bool {
	for _, part := range []string{"Retry", "AfterResponse", "ResponseMiddleware", "RoundTrip", "Transport", "StateCheck", "ResultChecker", "OnSuccess", "OnError"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
