// Package searched looks for codes, and their text, in lists.
package searched

import (
	"slices"
	"strconv"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var words = []string{"1008", "soon", "1081"} // want `1008 .*\(magic\)` `1081 is no documented.*\(unknown\)`

func later(failure sdk.CodeResult) bool { return slices.Contains(words, strconv.Itoa(failure.Code)) }

func settings(failure sdk.CodeResult) bool {
	_, found := slices.BinarySearch([]int{26001, 26020}, failure.Code) // want `26001 .*\(magic\)` `26020 .*\(magic\)`
	return found
}

// Not reported: something else is looked for.
// Rules: magic/lookup-list.
func port(n int) bool { return slices.Contains([]int{26001, 26020}, n) }
