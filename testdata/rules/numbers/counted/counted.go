// Package counted silences one use of a number that has no constant.
package counted

import "github.com/rongcloud/server-sdk-go/v4/sdk"

func first(failure sdk.CodeResult) bool {
	return failure.Code == 1008 //retcode:ignore magic as in the vendor's sample
}

// Reported: the first that is not silenced, with those behind it.
// Rules: magic/first-place.
func second(failure sdk.CodeResult) bool {
	return failure.Code == 1008 // want `1008 .*\(2 places\)`
}

func third(failure sdk.CodeResult) bool { return failure.Code == 1008 }

// Not reported: this one is silenced too, though it is not the first.
func fourth(failure sdk.CodeResult) bool {
	//retcode:ignore magic as in the vendor's sample
	return failure.Code == 1008
}
