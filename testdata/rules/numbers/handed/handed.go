// Package handed wraps what makes the SDK's errors.
package handed

import (
	"fmt"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Not reported: the parameter takes the application's own numbers beside the API's.
// Rules: flow/own-numbers.
func fail(code int, op string) error { return fmt.Errorf("%s: %w", op, sdk.RCErrorNew(code, op)) }

func failures() []error { return []error{fail(40001, "login"), fail(1008, "send")} }

// Reported: this one takes the API's alone.
// Rules: flow/own-numbers.
func refuse(code int) error {
	if code == 1002 { // want `1002 .*\(magic\)`
		return nil
	}
	return sdk.RCErrorNew(code, "refused")
}

func refusals() []error { return []error{refuse(1016), refuse(0)} } // want `1016 .*\(magic\)`
