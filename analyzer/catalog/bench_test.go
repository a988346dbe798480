package catalog

import (
	"os"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("data/rongcloud.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Parse("rongcloud.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHint(b *testing.B) {
	words := []string{"hello, world", "application/json", "https://api.example.com/v1/users", "/user/getToken.json", "api.rong-api.com"}
	for b.Loop() {
		for _, w := range words {
			Hint(w)
		}
	}
}
