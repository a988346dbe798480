package flow

import (
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func TestElsewhere(t *testing.T) {
	for s, want := range map[string]bool{
		"/v2/token":           true,
		"/send":               true,
		"/token/get.json":     true,
		"/user/elsewhere":     true,
		"/user":               false, // a name follows
		"/user/":              false,
		"/user/getToken.json": false,
		"/user/getToken":      false,
		"/getToken.json":      false, // a name stands before
		"/%s/token":           false,
		"v2":                  false,
		"/":                   false,
		"":                    false,
		"https://%s/token":    true,
		"https://%s":          false,
	} {
		if got := elsewhere(&catalog.Embedded().Evidence, s); got != want {
			t.Errorf("elsewhere(%q) = %v", s, got)
		}
	}
	if elsewhere(&catalog.Evidence{Hosts: []string{"api.example"}}, "/v2/token") {
		t.Error("nobody knows the paths of an API that documents none")
	}
}
