package table

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func either(a, b error) bool {
	var r, s sdk.CodeResult
	return errors.As(a, &r) && errors.As(b, &s) && (again[r.Code] || again[s.Code])
}
