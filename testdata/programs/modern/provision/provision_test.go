package provision

import (
	"context"
	"testing"

	"example.com/modern/rong"
)

func TestAll(t *testing.T) {
	s := &Service{token: func(ctx context.Context, id, name string) (string, error) {
		if id == "b" {
			return "", &rong.Error{Op: "token", Code: 1008}
		}
		return "t-" + id, nil
	}}
	tokens, err := s.All(t.Context(), map[string]string{"a": "A", "b": "B"})
	if err == nil || tokens["a"] != "t-a" {
		t.Fatal(tokens, err)
	}
}
