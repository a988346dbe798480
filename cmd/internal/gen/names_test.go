package gen

import (
	"strings"
	"testing"
)

func TestGoName(t *testing.T) {
	for written, want := range map[string]string{
		"RATE_LIMITED":       "RateLimited",
		"rate-limited":       "RateLimited",
		"rate limited":       "RateLimited",
		"rateLimited":        "RateLimited",
		"RateLimited":        "RateLimited",
		"HTTP_ERROR":         "HTTPError",
		"invalid_id":         "InvalidID",
		"OK":                 "OK",
		"ok":                 "OK",
		"SQLSTATE_IS_08006":  "SqlstateIs08006",
		"Error.reason":       "ErrorReason",
		"ÜBER_ALL":           "ÜberAll",
		"a/b":                "AB",
		"9lives":             "9lives", // no Go name, which the caller sees
		"":                   "",
		"--":                 "",
		"x2":                 "X2",
		"TOO__MANY":          "TooMany",
		"IOTimeout":          "IOTimeout",
		"user not found (1)": "UserNotFound1",
	} {
		if got := goName(written); got != want {
			t.Errorf("goName(%q) = %q, want %q", written, got, want)
		}
	}
}

func TestSpaceName(t *testing.T) {
	for typ, want := range map[string]string{
		"Code": "billing", "ErrorCode": "error-code", "HTTPStatus": "http-status", "Outer_Kind": "outer-kind", "E": "e", "Status2": "status2",
	} {
		got := spaceName(typ, "billing")
		if got != want {
			t.Errorf("spaceName(%q) = %q, want %q", typ, got, want)
		}
		if !isSpaceName(got) {
			t.Errorf("%q is no name for a space", got)
		}
	}
}

// TestCommon cuts what repeats the type, where all names have it and something is left.
func TestCommon(t *testing.T) {
	for _, tt := range []struct{ names, typ, want string }{
		{"ERROR_CODE_OK ERROR_CODE_BUSY", "ErrorCode", "ERROR_CODE_"},
		{"ERROR_CODE_OK BUSY", "ErrorCode", ""},
		{"STATUS_1 STATUS_2", "Status", ""}, // digits begin no name
		{"STATUS_ STATUS_OK", "Status", ""},
		{"STATE_OK", "Status", ""},
	} {
		if got := common(strings.Fields(tt.names), tt.typ); got != tt.want {
			t.Errorf("common(%q, %s) = %q, want %q", tt.names, tt.typ, got, tt.want)
		}
	}
}
