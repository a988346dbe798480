package im

import (
	"testing"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func TestIsRetryable(t *testing.T) {
	for code, want := range map[int]bool{200: false, 1002: false, 1008: true, 1050: true} {
		if got := IsRetryable(sdk.RCErrorNew(code, "")); got != want {
			t.Errorf("IsRetryable(%d) = %v", code, got)
		}
	}
	if err := (&Fake{}).BlockRemove("u1"); err.Error() != "1080: too many calls" {
		t.Error(err)
	}
}
