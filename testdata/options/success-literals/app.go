// Package app compares with success.
package app

import (
	"net/http"
	"strings"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	success   = 200
	successV2 = 10000
)

// Reported: success is a code, too, if one asks.
// Rules: magic/success-literal.
func done(result sdk.MessageResult) bool {
	return result.Code == 200 // want `200 .*\(magic\)`
}

// Reported: the second success value.
// Rules: magic/success-literal.
func doneV2(result *sdk.UserDeactivateResponse) bool {
	return result.Code == 10000 // want `10000 .*\(magic\)`
}

// Reported: net/http's name for the other space's success.
// Rules: mixed/http-constant.
func doneByName(result sdk.MessageResult) bool {
	return result.Code == http.StatusOK // want `200 .*\(mixed\)`
}

// Reported: a status has a name.
func post(form string) (*http.Response, bool, error) {
	resp, err := http.Post("https://api.rong-api.com/user/block.json", "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		return nil, false, err
	}
	return resp, resp.StatusCode == 200, nil // want `200 .*http\.StatusOK.*\(magic\)`
}

// Not reported: constants, ranges, and the application's own numbers.
// Rules: magic/every-place, mixed/http-constant.
func fine(result sdk.MessageResult, n int) bool {
	return result.Code == success || result.Code == successV2 || result.Code < 200 || n == 200
}
