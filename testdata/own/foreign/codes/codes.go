// Package codes says what the SDK's codes are.

//retcode:origin example.com/foreign/sdk.Error.Code=send
//retcode:origin example.com/foreign/sdk.Error.Stat=send // want `Error of package example.com/foreign/sdk has no field Stat \(directive\)`
//retcode:origin example.com/foreign/sdk.Error.Status=send // want `Error.Status is not a string, as the codes of space send are \(directive\)`

package codes

import _ "example.com/foreign/sdk"

// The codes, as the SDK's manual has them.
//
//retcode:space send
const (
	Empty   = "empty"
	Blocked = "blocked"
	//retcode:retry rate-limit
	Slow = "slow_down"
	//retcode:retry transient
	Down = "down"
)
