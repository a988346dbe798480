// Package mixed takes codes of one space for those of the other.
package mixed

import (
	"errors"
	"net/http"
	"strings"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

const tooMany = 429

// Reported: with its pair.
// Rules: magic/other-finding, mixed/status-number.
func number(failure sdk.CodeResult) bool {
	return failure.Code == 429 // want `429 is an HTTP status, and this is the body's return code: the same failure is 1008 \(RateLimited\) \(mixed\)`
}

// Reported: net/http's name.
// Rules: mixed/http-constant.
func named(failure sdk.CodeResult) bool {
	return failure.Code == http.StatusTooManyRequests // want `429 is an HTTP status.*1008 \(RateLimited\) \(mixed\)`
}

// Reported: a name of the program's own.
func ownName(failure sdk.CodeResult) bool {
	return failure.Code == tooMany // want `429 .*1008 .*\(mixed\)`
}

// Reported: any constant of net/http, whether or not the number stands in both spaces.
// Rules: mixed/http-constant.
func inBoth(failure sdk.CodeResult) string {
	switch failure.Code {
	case http.StatusBadRequest: // want `400 .*\(mixed\)`
		return "bad"
	case http.StatusNotFound: // want `404 .*\(mixed\)`
		return "missing"
	case http.StatusTeapot: // want `418 .*\(mixed\)`
		return "tea"
	case http.StatusGatewayTimeout: // want `504 .*1050 \(ServiceTimeout\).*\(mixed\)`
		return "slow"
	}
	return ""
}

// Reported: numbers that are statuses alone.
// Rules: mixed/status-number.
func numbers(failure sdk.CodeResult) bool {
	return failure.Code == 500 || failure.Code == 401 // want `500 .*1000 .*\(mixed\)` `401 .*1001 .*1004 .*1006 .*1007 .*\(mixed\)`
}

// Reported: no pair to be named.
// Rules: mixed/status-number.
func noPair(failure sdk.CodeResult) bool {
	return failure.Code == 405 // want `405 is an HTTP status.*\(mixed\)`
}

// Reported: an argument and a composite literal.
func made() []error {
	return []error{
		sdk.RCErrorNew(http.StatusForbidden, "forbidden"), // want `403 .*\(mixed\)`
		sdk.CodeResult{Code: 504},                         // want `504 .*\(mixed\)`
	}
}

// Reported: a status compared with the body's codes.
// Rules: mixed/body-code.
func status(form string) (bool, error) {
	resp, err := http.Post("https://api.rong-api.com/user/block.json", "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case 1008: // want `1008 .*429.*\(mixed\)`
		return true, nil
	case 1050: // want `1050 .*504.*\(mixed\)`
		return true, nil
	}
	return false, errors.New(resp.Status)
}

// Not reported: StatusOK is success in both.
// Rules: mixed/http-constant.
func ok(result sdk.MessageResult) bool {
	return result.Code == http.StatusOK
}

// Not reported: the program's own response is no answer of the API.
// Rules: mixed/status-number.
func write(w http.ResponseWriter, failure sdk.CodeResult) {
	if failure.Code >= 1000 {
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

// Not reported: a status made of a code.
// Rules: mixed/status-number.
func convert(failure sdk.CodeResult) int {
	const limited = 1008
	if failure.Code == limited {
		return http.StatusTooManyRequests
	}
	return http.StatusBadGateway
}
