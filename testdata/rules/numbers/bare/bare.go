// Package bare has no constants, so that each number is reported once.
package bare

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: the first place of three, with their number.
// Rules: magic/first-place.
func first(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && failure.Code == 1008 // want `magic return code 1008 \(RateLimited.*3 places.*\(magic\)`
}

// Not reported: the second and the third place.
// Rules: magic/first-place.
func second(failure sdk.CodeResult) error {
	if failure.Code == 1008 {
		return sdk.RCErrorNew(1008, "again")
	}
	return failure
}

// Reported: one place needs no number.
func single(name string) error {
	if name == "" {
		return sdk.RCErrorNew(1002, "name is required") // want `magic return code 1002 \(InvalidParameter: [^()]*\).*\(magic\)`
	}
	return nil
}

// Reported: a quoted number against the code's text.
// Rules: magic/code-text.
func text(failure sdk.CodeResult) bool {
	return strconv.Itoa(failure.Code) == "25410" // want `25410 .*\(magic\)`
}

// Reported: the same in a switch.
func texts(failure sdk.CodeResult) string {
	switch fmt.Sprint(failure.Code) {
	case "1050": // want `1050 .*\(magic\)`
		return "later"
	case "200":
		return "fine"
	}
	return ""
}

// Reported: a community code of the newer endpoints.
func newer(rc *sdk.RongCloud) bool {
	err, _ := rc.UGGroupDismiss("g")
	failure, ok := err.(sdk.CodeResultV2)
	return ok && failure.Code == 24410 // want `24410 .*2 places.*\(magic\)`
}
