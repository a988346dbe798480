// Package codes has directives that are wrong, and counts all the same.
package codes

// Code is a code.
// Rules: directive/own-mistake.
//
//retcode:space shop success=0 opn // want `unknown option opn; did you mean open\? \(directive\)`
type Code int

// State is a state.
//
//retcode:space state success=Fine
type State string

// The states.
// Rules: directive/own-mistake.
const (
	Fine State = "fine"
	//retcode:retry transent // want `unknown retry class transent; did you mean transient\? \(directive\)`
	Busy State = "busy"
	//retcode:retry transient // want `Fair is a success value of space state, which nobody retries; remove the directive \(directive\)`
	Fair State = "fine"
	//retcode:group a b // want `"b" is one word too many: names of constants stand above a package clause alone; write //retcode:group NAME \(directive\)`
	Down State = "down"
	//retcode:owes Bussy // want `unknown constant Bussy; did you mean Busy\? \(directive\)`
	Slow State = "slow"
	//retcode:rety transient // want `unknown directive //retcode:rety; did you mean //retcode:retry\? \(directive\)`
	Late State = "late"
)

//retcode:retry poll // want `Limit is no code of state: give it the type of the codes, or move the directive \(directive\)`
const Limit = 5

//retcode:space other // want `this directive stands on nothing that it can speak of; put it on a named type, .* \(directive\)`
func f(s State) bool {
	return s == "late" // want `magic state code late \(Late: late\); use Late \(magic\)`
}
