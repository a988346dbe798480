// Package codes has the codes that flags speak of.
package codes // want `-require example.com/chosen/codes/pay/99: space pay has no such code that stands for a failure \(directive\)` `-origin example.com/chosen/legacy.Reply.Old=example.com/chosen/codes/pays: package example.com/chosen/codes has no space pays \(directive\)`

// Code is a code. None is said to be worth another call.
//
//retcode:space pay success=OK
type Code int

// The codes.
const (
	OK      Code = 100
	Poor    Code = 101
	Closed  Code = 102
	Expired Code = 103 //retcode:group cards
	Blocked Code = 104 //retcode:group cards
	Broken  Code = 105
)
