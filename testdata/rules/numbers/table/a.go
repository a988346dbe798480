// Package table looks codes up in a table of another file, and again in a third.
package table

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func limited(err error) bool {
	var r sdk.CodeResult
	return errors.As(err, &r) && again[r.Code]
}
