// Package typed has a type of which every value is a code.
package typed

import "fmt"

// Code is what the body answers.
//
//retcode:code business
type Code int32

// RateLimited has the type.
const RateLimited Code = 1008

type event struct {
	code  Code
	count int
}

func note(code Code, count int) event { return event{code, count} }

// Reported: fields, arguments and results of the type, in closures too.
func all(names []string) (Code, func() Code) {
	e := event{code: 1008, count: 1008} // want `1008 .*use RateLimited`
	e.code = 1081                       // want `1081 is no documented.*\(unknown\)`
	fmt.Println(note(429, 429), e)      // want `429 is an HTTP status.*1008.*\(mixed\)`
	return 1050, func() Code {          // want `1050 .*\(magic\)`
		if len(names) == 1050 {
			return -1
		}
		return 1008 // want `1008 .*use RateLimited`
	}
}

// Not reported: a number of another type beside.
func count(code Code) (int, Code) { return 1008, code }
