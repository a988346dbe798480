// Package errs takes the code out of an error.
package errs

import (
	"errors"
	"strconv"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Code returns the code that an error holds, or 0.
func Code(err error) int {
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		return failure.Code
	}
	return 0
}

// Text returns the code as text, or nothing.
func Text(err error) string {
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		return strconv.Itoa(failure.Code)
	}
	return ""
}
