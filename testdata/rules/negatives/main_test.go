package negatives

import (
	"testing"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Rules: scope/test-file.
func TestNotInTests(t *testing.T) {
	rc := sdk.NewRongCloud("", "", sdk.REGION_BJ)
	_ = rc.BlockRemove("")
	if (sdk.CodeResult{Code: 1008}).Code == 777 || notByValue(sdk.CodeResult{Code: 1002}.Code) {
		t.Skip()
	}
}
