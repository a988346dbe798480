// Package sdk has the shape of the vendor's SDK, for tests: its types, its
// method signatures, and the way that a code takes from a body to an error.
package sdk

import (
	"strconv"
	"sync"
)

// CodeResult is the older endpoints' answer, and the error made from it.
type CodeResult struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

// RCErrorNew makes an error of a code.
func RCErrorNew(code int, text string) error {
	return CodeResult{code, text}
}

func (r CodeResult) Error() string { return strconv.Itoa(r.Code) + ": " + r.ErrorMessage }

// ErrorCode returns the code.
func (r CodeResult) ErrorCode() int { return r.Code }

// CodeResultV2 is the newer endpoints' answer, and the error made from it.
type CodeResultV2 struct {
	Code    int    `json:"code"`
	Message string `json:"msg"`
}

// RCErrorNewV2 makes an error of a newer endpoint's code.
func RCErrorNewV2(code int, text string) error {
	return CodeResultV2{code, text}
}

func (r CodeResultV2) Error() string { return strconv.Itoa(r.Code) + ": " + r.Message }

// ErrorCode returns the code.
func (r CodeResultV2) ErrorCode() int { return r.Code }

var (
	results   = sync.Pool{New: func() any { return CodeResult{} }}
	resultsV2 = sync.Pool{New: func() any { return CodeResultV2{} }}
)
