package app

import (
	"testing"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: tests were asked for.
// Rules: scope/test-file.
func TestLimited(t *testing.T) {
	if !isLimited(sdk.CodeResult{Code: 1008}) { // want `1008 .*\(magic\)`
		t.Fatal("not limited")
	}
	if isLimited(sdk.CodeResult{Code: 777}) { // want `777 .*\(unknown\)`
		t.Fatal("limited")
	}
}

// Not reported: a constant, and a failure that stops the test.
func TestLimitedByName(t *testing.T) {
	rc := sdk.NewRongCloud("", "", sdk.REGION_BJ)
	if err := rc.BlockRemove("u"); err != nil {
		t.Fatal(err)
	}
	if !isLimited(sdk.CodeResult{Code: limited}) {
		t.Fatal("not limited")
	}
}

// Not reported: a test says with _ that what was there before does not matter, or looks at
// something else than the answer.
func TestAfresh(t *testing.T) {
	rc := sdk.NewRongCloud("", "", sdk.REGION_BJ)
	_ = rc.BlockRemove("u")
	if err := rc.BlockRemove("v"); err != nil {
		t.Fatal(err)
	}
}

// Reported: a statement says nothing.
// Rules: scope/test-file.
func TestBare(t *testing.T) {
	rc := sdk.NewRongCloud("", "", sdk.REGION_BJ)
	rc.BlockRemove("u") // want `\(unchecked\)`
}
