// Package directive silences, and fails to.
package directive

import "github.com/rongcloud/server-sdk-go/v4/sdk"

//retcode:code business
const (
	limited = 1008
	slow    = 1050
	invalid = 1002
)

// Not reported: silenced on its line.
// Rules: directive/no-reason, scope/ignored-line.
func trailing(failure sdk.CodeResult) bool {
	return failure.Code == 1008 //retcode:ignore magic the number is in the protocol's own document
}

// Not reported: silenced from the line before.
// Rules: scope/ignored-line.
func before(failure sdk.CodeResult) bool {
	//retcode:ignore magic the number is in the protocol's own document
	return failure.Code == 1008
}

// Not reported: silenced for the function.
// Rules: directive/no-reason, scope/ignored-category.
//
//retcode:ignore magic,unknown a table of the old numbers
func whole(failure sdk.CodeResult) bool {
	if failure.Code == 1008 {
		return true
	}
	return failure.Code == 777
}

// Not reported: silenced in a case.
// Rules: scope/ignored-line.
func inCase(failure sdk.CodeResult) bool {
	switch failure.Code {
	case 1008: //retcode:ignore magic as in the specification
		return true
	//retcode:ignore magic as in the specification
	case 1050:
		return true
	}
	return false
}

// Reported: the directive is for the line after it alone.
// Rules: scope/ignored-line.
func tooEarly(failure sdk.CodeResult) bool {
	//retcode:ignore magic only this line
	if failure.Code == 1008 {
		return true
	}
	return failure.Code == 1050 // want `1050 .*\(magic\)`
}

// Reported: the finding stands on another line, which is told.
// Rules: directive/silences-nothing.
func besideIt(failure sdk.CodeResult) bool {
	return failure.Code == 1008 || // want `1008 .*\(magic\)`
		failure.Code == limited /* want `no finding of magic stands there; one stands on the line before: move it there \(directive\)` */ //retcode:ignore magic the number is well known
}

// Reported: without a reason it silences nothing.
// Rules: directive/no-reason.
func noReason(failure sdk.CodeResult) bool {
	return failure.Code == 1008 /* want `1008 .*\(magic\)` `reason.*\(directive\)` */ //retcode:ignore magic
}

// Reported: there is no such category.
// Rules: directive/no-reason.
func unknownCategory(failure sdk.CodeResult) bool {
	return failure.Code == 1008 /* want `1008 .*\(magic\)` `(?i)majic.*\(directive\)` */ //retcode:ignore majic the number is well known
}

// Reported: nothing is silenced here.
// Rules: directive/silences-nothing.
func nothing(failure sdk.CodeResult) bool {
	return failure.Code == limited /* want `\(directive\)` */ //retcode:ignore magic the number is well known
}

// Reported: silenced is another category than the one reported.
// Rules: directive/silences-nothing, scope/ignored-category.
func wrongCategory(failure sdk.CodeResult) bool {
	return failure.Code == 1008 /* want `1008 .*\(magic\)` `\(directive\)` */ //retcode:ignore unknown the number is well known
}

// Not reported: one of two categories silences something.
// Rules: directive/silences-nothing, scope/ignored-category.
func oneOfTwo(failure sdk.CodeResult) bool {
	return failure.Code == 1050 //retcode:ignore magic,mixed as in the specification
}

// Not reported: a category that did not run may have silenced something.
// Rules: directive/silences-nothing.
func didNotRun(failure sdk.CodeResult) bool {
	return failure.Code == slow //retcode:ignore retryable,magic the caller looks at the other codes
}

// Reported: there is no such space.
// Rules: directive/unknown-space.
type reply struct {
	Code int /* want `(?i)grpc.*\(directive\)` */ //retcode:code grpc
}

// Reported: a comment that speaks of the directive silences nothing.
// Rules: scope/ignored-line.
func prose(failure sdk.CodeResult) bool {
	// retcode:ignore is how one silences this line, with magic and a reason.
	return failure.Code == 1002 // want `1002 .*\(magic\)`
}

// Not reported: another tool's directive.
//
//nolint:gomnd
func others(failure sdk.CodeResult) bool { return failure.Code == invalid }
