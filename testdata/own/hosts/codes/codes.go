// Package codes has codes and says where they come from.
package codes

// Code is a code.
//
//retcode:space charge success=0
//retcode:host api.charges.example
//retcode:path /v1/charges/{}
type Code int

// The codes.
const (
	OK   Code = 0
	Poor Code = 310
	Lost Code = 311
	//retcode:retry transient
	Busy Code = 320
)

// Answer is how they come.
type Answer struct {
	Code Code   `json:"ret"`
	Text string `json:"why"`
}
