// Package app is tested.
package app

import "github.com/rongcloud/server-sdk-go/v4/sdk"

//retcode:code business
const limited = 1008

// Reported: with and without the option.
func isLimited(failure sdk.CodeResult) bool {
	return failure.Code == 1008 // want `1008 .*\(magic\)`
}
