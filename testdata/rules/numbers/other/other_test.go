package other

import (
	"testing"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Not reported: tests are looked at only if asked for.
// Rules: scope/test-file.
func TestCount(t *testing.T) {
	count(sdk.CodeResult{Code: 1008})
	if seen[1008] != 1 || same(sdk.CodeResult{Code: 1002}, sdk.CodeResult{Code: 777}) {
		t.Fail()
	}
}
