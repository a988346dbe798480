// Package unknown compares codes with numbers that the API does not have.
package unknown

import (
	"strconv"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

const (
	codeBusy   = 40001
	codeMoved  = 24301
	notStarted = -1
)

// Reported: with the nearest number, one digit away.
// Rules: unknown/no-code.
func digit(failure sdk.CodeResult) bool {
	return failure.Code == 21402 // want `21402 is no documented RongCloud return code; did you mean 24402 \(CommunityServiceError\)\? \(unknown\)`
}

// Reported: with the nearest number, two digits swapped.
// Rules: unknown/no-code.
func swapped(failure sdk.CodeResult) bool {
	return failure.Code == 52410 // want `52410 is no documented RongCloud return code; did you mean 25410 \(GroupNotFound\)\? \(unknown\)`
}

// Reported: nothing is near.
// Rules: magic/other-finding.
func far(failure sdk.CodeResult) bool {
	return failure.Code == 777 // want `777 is no documented RongCloud return code[^?]*\(unknown\)`
}

// Reported: named constants too.
// Rules: unknown/no-code.
func named(failure sdk.CodeResult) string {
	switch failure.Code {
	case codeBusy: // want `40001 .*\(unknown\)`
		return "busy"
	case codeMoved: // want `24301 .*\(unknown\)`
		return "moved"
	}
	return ""
}

// Reported: an argument of the SDK's own.
// Rules: unknown/stored-code.
func argument(minutes int) error {
	if minutes > 43200 {
		return sdk.RCErrorNew(20004, "too long") // want `20004 .*\(unknown\)`
	}
	return nil
}

// Reported: a composite literal, an assignment, a lookup.
// Rules: unknown/stored-code.
func fields(failure sdk.CodeResult) (error, string) {
	failure.Code = 3000                            // want `3000 .*\(unknown\)`
	text := map[int]string{2001: ""}[failure.Code] // want `2001 .*\(unknown\)`
	return sdk.CodeResult{Code: 99999}, text       // want `99999 .*\(unknown\)`
}

// Reported: the text form.
// Rules: unknown/stored-code.
func text(failure sdk.CodeResult) bool {
	return strconv.Itoa(failure.Code) == "3001" // want `3001 .*\(unknown\)`
}

// Reported: zero, where success is not asked for.
// Rules: unknown/compared-zero.
func zero(failure sdk.CodeResult) bool {
	return failure.Code == 0 // want `\b0 .*\(unknown\)`
}

// Not reported: zero beside success says that there was no code.
// Rules: unknown/compared-zero.
func zeroAndSuccess(result sdk.MessageResult) bool {
	return result.Code == 0 || result.Code == 200
}

// Not reported: zero stored.
// Rules: unknown/stored-code, unknown/compared-zero.
func zeroStored(failure sdk.CodeResult) error {
	failure.Code = 0
	return sdk.RCErrorNew(0, "nothing")
}

// Not reported: negative numbers.
// Rules: unknown/negative-number.
func negative(failure sdk.CodeResult) bool {
	return failure.Code == notStarted || failure.Code == -1
}

// Not reported: range bounds.
// Rules: unknown/negative-number.
func bounds(failure sdk.CodeResult) bool {
	return failure.Code > 24399 && failure.Code < 24500 || failure.Code >= 30000
}

// Not reported: the application's own numbers in the application's own field.
type appError struct{ code int }

// Rules: unknown/no-code.
func (e appError) busy() bool { return e.code == 40001 }

// Not reported: a field that holds codes of the API and the application's own.
type mixedError struct{ code int }

func fromAPI(failure sdk.CodeResult) mixedError { return mixedError{failure.Code} }
func fromApp() mixedError                       { return mixedError{40001} }

func (e mixedError) known() bool { return e.code == 40001 || e.code == 1008 }
