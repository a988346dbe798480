// Package status looks at the HTTP status of the API's answers.
package status

import (
	"net/http"
	"strings"
)

func post(form string) (*http.Response, error) {
	return http.Post("https://api.rong-api.com/user/block.json", "application/x-www-form-urlencoded", strings.NewReader(form))
}

// Reported: net/http has a name for each, so each is reported.
// Rules: magic/every-place, origin/http-status.
func magic(resp *http.Response) bool {
	if resp.StatusCode == 429 { // want `magic HTTP status 429 \(StatusTooManyRequests.*http\.StatusTooManyRequests \(magic\)`
		return true
	}
	return resp.StatusCode == 504 || 429 == resp.StatusCode // want `504 .*http\.StatusGatewayTimeout \(magic\)` `429 .*\(magic\)`
}

// Reported: a status that nobody knows.
// Rules: unknown/proxy-status.
func unknown(resp *http.Response) bool {
	return resp.StatusCode == 599 // want `599 is no documented RongCloud HTTP status.*\(unknown\)`
}

// Reported: net/http has no name for 430, so it is reported once.
func unnamed(resp *http.Response) bool {
	return resp.StatusCode == 430 || resp.StatusCode == 430 && resp.Close // want `430 .*2 places.*\(magic\)`
}

// Not reported: a proxy may answer what the vendor does not list.
// Rules: unknown/proxy-status.
func proxy(resp *http.Response) bool {
	return resp.StatusCode == 502 || resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == 418
}

// Not reported: names, success, ranges.
// Rules: mixed/body-code.
func fine(resp *http.Response) bool {
	return resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == 200 || resp.StatusCode >= 500 || resp.StatusCode/100 == 4
}

func all(form string) []bool {
	resp, err := post(form)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	return []bool{magic(resp), unknown(resp), unnamed(resp), proxy(resp), fine(resp)}
}

// Not reported: somebody else's answer.
// Rules: origin/http-status.
func others() bool {
	resp, err := http.Get("https://api.example.com/health")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == 429 || resp.StatusCode == 599
}
