// Package user imports the configured constants already.
package user

import (
	"example.com/options-constants/codes"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: each, since the configured package has a name for it.
// Rules: magic/candidate-constant.
func limited(failure sdk.CodeResult) bool {
	return failure.Code == 1008 || failure.Code == codes.ServiceTimeout // want `1008 .*codes\.RateLimited.*\(magic\)`
}

// Reported: the second place as well.
// Rules: magic/every-place.
func made() error {
	return sdk.RCErrorNew(1008, "again") // want `1008 .*codes\.RateLimited.*\(magic\)`
}

// Reported: once, since the configured package has no name for it.
func notFound(a, b sdk.CodeResult) bool {
	return a.Code == 25410 || b.Code == 25410 // want `25410 .*2 places.*\(magic\)`
}
