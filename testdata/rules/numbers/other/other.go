// Package other uses the SDK, and many numbers that are no codes.
package other

import (
	"encoding/json"
	"fmt"
	"net"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

type payment struct {
	Code   int    `json:"code"`
	Reason string `json:"reason"`
}

// Not reported: an answer of another vendor, from bytes of unknown source.
// Rules: scope/other-numbers.
func paid(data []byte) bool {
	var p payment
	if json.Unmarshal(data, &p) != nil {
		return false
	}
	return p.Code == 1008 || p.Code == 777
}

// Not reported: ports.
// Rules: origin/number-alone.
func listen(port int) (net.Listener, error) {
	if port == 1008 {
		port = 8080
	}
	return net.Listen("tcp", fmt.Sprintf(":%d", port))
}

// Not reported: milliseconds.
// Rules: scope/other-numbers.
func pause(rc *sdk.RongCloud, ms int) {
	if ms == 1000 || ms == 1050 {
		time.Sleep(1008 * time.Millisecond)
	}
}

// Not reported: a map with a code, and nothing that shows the API in it.
func fromMap(m map[string]any) bool {
	code, _ := m["code"].(float64)
	return code == 1008
}

// Not reported: a variable's name makes no code.
// Rules: origin/number-alone.
func byName(code, errorCode int) bool { return code == 1008 || errorCode == 1002 }

// Not reported: a field's name makes no code.
type session struct{ Code, StatusCode int }

func (s session) old() bool { return s.Code == 1008 || s.StatusCode == 429 }

// Not reported: two codes compared with each other.
// Rules: magic/range-bound.
func same(a, b sdk.CodeResult) bool { return a.Code == b.Code }

var seen = map[int]int{}

// Not reported: the keys of a map that is no literal.
func count(failure sdk.CodeResult) { seen[failure.Code]++ }

// Not reported: what is counted for a code is no code.
// Rules: flow/code-values.
func often(failure sdk.CodeResult) bool { return seen[failure.Code] == 1008 }

// Not reported: a length, an index, a message.
// Rules: flow/code-values.
func lengths(failure sdk.CodeResult, list []int) bool {
	return len(failure.ErrorMessage) == 1002 || list[0] == 1050 || failure.ErrorMessage == "1008"
}

// Not reported: a code's place among others.
func shifted(failure sdk.CodeResult) bool { return failure.Code-1000 == 8 }
