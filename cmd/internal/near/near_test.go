package near_test

import (
	"testing"

	"github.com/go-retcode/retcode/cmd/internal/near"
)

func TestSuffix(t *testing.T) {
	t.Parallel()
	known := []string{"general", "stream", "RateLimited"}
	for word, want := range map[string]string{
		"general":      "; did you mean general?",
		"genral":       "; did you mean general?",
		"geenral":      "; did you mean general?",
		"STREAM":       "; did you mean stream?",
		"ratelimitted": "; did you mean RateLimited?",
		"rooms":        "",
		"":             "",
		"x":            "",
	} {
		if got := near.Suffix(word, known); got != want {
			t.Errorf("Suffix(%q) = %q, want %q", word, got, want)
		}
	}
}
