// Package named has constants for its codes, so that every literal is reported.
package named

import (
	"errors"
	"slices"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	invalid     = 1002
	rateLimited = 1008
	timeout     = 1050
	notFound    = 25410
)

var texts = map[int]string{
	1002:        "bad parameter", // want `magic return code 1002 \(InvalidParameter.*\(magic\)`
	rateLimited: "too fast",
}

var slow = []int{1008, timeout} // want `1008 .*\(magic\)`

var last int

type view struct{ code int }

type coder interface{ ErrorCode() int }

// Code is a code with a type of its own.
type Code int

func code(err error) int {
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		return failure.Code
	}
	return 0
}

// Reported: the plain comparison.
// Rules: magic/code-literal, magic/candidate-constant.
func left(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && failure.Code == 1008 // want `magic return code 1008 \(RateLimited: .*\); use .*\(magic\)`
}

// Reported: the literal stands on the left.
func right(failure sdk.CodeResult) bool {
	return 1008 == failure.Code // want `1008 .*\(magic\)`
}

// Reported: parentheses.
func parentheses(failure sdk.CodeResult) bool {
	return (failure.Code) != (1008) // want `1008 .*\(magic\)`
}

// Reported: other bases and separators.
// Rules: magic/code-literal.
func bases(failure sdk.CodeResult) bool {
	return failure.Code == 0x3F0 || // want `1008 .*\(magic\)`
		failure.Code == 1_050 || // want `1050 .*\(magic\)`
		failure.Code == 0b1111101010 // want `1002 .*\(magic\)`
}

// Reported: an expression of literals.
// Rules: magic/code-literal.
func expression(failure sdk.CodeResult) bool {
	return failure.Code == 1000+8 // want `1008 .*\(magic\)`
}

// Reported: a case list, each literal of it.
// Rules: magic/code-literal.
func cases(failure sdk.CodeResult) string {
	switch failure.Code {
	case 1008, 1050: // want `1008 .*\(magic\)` `1050 .*\(magic\)`
		return "later"
	case invalid:
		return "never"
	}
	return ""
}

// Reported: a tagless switch.
func tagless(failure sdk.CodeResult) string {
	switch {
	case failure.Code == 1008: // want `1008 .*\(magic\)`
		return "later"
	case failure.Code == timeout, failure.Code == 1002: // want `1002 .*\(magic\)`
		return "never"
	}
	return ""
}

// Reported: an if with an init statement.
func initialized(err error) bool {
	if c := code(err); c == 25410 { // want `25410 .*\(magic\)`
		return true
	}
	return false
}

// Reported: the second operands.
func operands(failure sdk.CodeResult, quick bool) bool {
	return quick && failure.Code == 1008 || !quick && failure.Code == 1050 // want `1008 .*\(magic\)` `1050 .*\(magic\)`
}

// Reported: local copies, conversions, a type of its own.
// Rules: flow/code-values.
func copies(failure sdk.CodeResult) bool {
	first := failure.Code
	second := int64(first)
	var third Code = Code(second)
	return second == 1008 || third == 1050 // want `1008 .*\(magic\)` `1050 .*\(magic\)`
}

// Reported: joined again behind a branch.
// Rules: flow/code-values.
func phi(a, b sdk.CodeResult, first bool) bool {
	c := a.Code
	if !first {
		c = b.ErrorCode()
	}
	return c == 1008 // want `1008 .*\(magic\)`
}

// Reported: a key of a map literal and an element of a slice literal that are looked up.
// Rules: magic/lookup-list.
func lookup(failure sdk.CodeResult) (string, bool) {
	text := map[int]string{1050: "timeout"}[failure.Code]                                                                          // want `1050 .*\(magic\)`
	return text + texts[failure.Code], slices.Contains([]int{1008, notFound}, failure.Code) || slices.Contains(slow, failure.Code) // want `1008 .*\(magic\)`
}

// Reported: the SDK's field is set.
// Rules: magic/code-field.
func assigned() error {
	var failure sdk.CodeResult
	failure.Code = 1002 // want `1002 .*\(magic\)`
	return failure
}

// Reported: composite literals of the SDK's types.
// Rules: magic/code-field.
func composites(text string) []error {
	return []error{
		sdk.CodeResult{Code: 1002, ErrorMessage: text}, // want `1002 .*\(magic\)`
		sdk.CodeResultV2{Code: timeout, Message: text},
	}
}

type answer struct {
	Code int //retcode:code business
	Text string
}

// Reported: composite literals of a declared type, with and without keys.
// Rules: magic/code-field.
func declared(text string) []answer {
	return []answer{{1008, text}, {Code: 1050}} // want `1008 .*\(magic\)` `1050 .*\(magic\)`
}

// Reported: the argument of a code parameter.
// Rules: magic/code-argument, origin/sdk-field.
func argument() error {
	return sdk.RCErrorNew(1002, "name is required") // want `1002 .*\(magic\)`
}

// Reported: the return for a declared result.
// Rules: magic/code-argument, directive/unknown-space.
//
//retcode:code business code
func classify(ok bool) (code int, text string) {
	if ok {
		return rateLimited, "too fast"
	}
	return 1050, "too slow" // want `1050 .*\(magic\)`
}

// report has a declared parameter.
//
//retcode:code business code
func report(user string, code int) {}

// Reported: the argument of a declared parameter.
// Rules: magic/code-argument.
func reports(user string) {
	report(user, 25410) // want `25410 .*\(magic\)`
	report(user, notFound)
}

// Reported: in a helper that this package gives codes to.
func isLimit(number int) bool {
	return number == 1008 // want `1008 .*\(magic\)`
}

func useLimit(failure sdk.CodeResult) bool { return isLimit(failure.Code) }

// Reported: through a field of the program's own.
// Rules: flow/code-values.
func field(failure sdk.CodeResult) bool {
	v := view{code: failure.Code}
	return v.code == 1008 // want `1008 .*\(magic\)`
}

// Reported: through a package variable.
func variable(failure sdk.CodeResult) bool {
	last = failure.Code
	return last == 1008 // want `1008 .*\(magic\)`
}

// Reported: through an interface.
// Rules: origin/sdk-field.
func dynamic(failure sdk.CodeResult) bool {
	var c coder = failure
	return c.ErrorCode() == 1008 // want `1008 .*\(magic\)`
}

// Reported: in a closure that captures the code.
// Rules: flow/code-values.
func captured(failure sdk.CodeResult) func() bool {
	c := failure.Code
	return func() bool { return c == 1008 } // want `1008 .*\(magic\)`
}

// Reported: the code beside an error.
func beside(rc *sdk.RongCloud) bool {
	result, err := rc.GroupJoin("g", "g", nil)
	return err == nil || result.Code == 25410 // want `25410 .*\(magic\)`
}

// Not reported: named constants, wherever they come from.
// Rules: magic/code-literal.
func names(failure sdk.CodeResult) bool {
	const local = 1008
	return failure.Code == rateLimited || failure.Code == local || failure.Code == timeout+0
}

// Not reported: success.
// Rules: magic/success-literal.
func success(result sdk.MessageResult, v2 sdk.CodeResultV2) bool {
	return result.Code == 200 || v2.Code == 10000
}

// Not reported: bounds of ranges, divisors and their quotients.
// Rules: magic/range-bound.
func ranges(failure sdk.CodeResult) bool {
	return failure.Code >= 1000 && failure.Code <= 1008 || failure.Code/1000 == 24 || failure.Code%1000 == 8
}
