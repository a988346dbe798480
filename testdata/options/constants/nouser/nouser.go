// Package nouser does not import the configured constants, and depends on a
// package that does.
package nouser

import (
	_ "example.com/options-constants/user"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: each, since the build knows the configured package.
func limited(failure sdk.CodeResult) bool {
	return failure.Code == 1008 // want `1008 .*\(magic\)`
}
