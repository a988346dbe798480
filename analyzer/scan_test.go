package analyzer_test

import (
	"testing"

	"github.com/go-retcode/retcode/analyzer"
)

func TestScanPackage(t *testing.T) {
	t.Parallel()
	const sdk = "github.com/rongcloud/server-sdk-go/v4/sdk"
	for _, test := range []struct {
		name, path, imports, src string
		may                      bool
		headers                  int
	}{
		{"SDK", sdk, "fmt", "package sdk", true, 0},
		{"user", "example.com/p", sdk, "package p", true, 0},
		{"host", "example.com/p", "fmt", `package p; const u = "https://api.rong-api.com/x"`, true, 0},
		{"sum", "example.com/p", "fmt", `package p; const u = "https://api." + ("rong-api" + ".com/x")`, true, 0},
		{"path", "example.com/p", "fmt", "package p; const u = `/user/getToken.json`", true, 0},
		{"directive", "example.com/p", "fmt", "package p\n\n//retcode:code business\ntype Code int", true, 0},
		{"headers", "example.com/p", "fmt", `package p; var h = []string{"App-Key", "Nonce", "nonce", "Timestamp"}`, false, 3},
		{"other host", "example.com/p", "fmt", `package p; const u = "https://api.example.com/rong-api.com"`, false, 0},
		{"nothing", "example.com/p", "net/http", `package p; var x = "a" + f() + "b"`, false, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := analyzer.ScanPackage(test.path, []string{test.imports}, [][]byte{[]byte(test.src)})
			if got.May != test.may || len(got.Headers) != test.headers {
				t.Errorf("ScanPackage() = %v", got)
			}
		})
	}
}
