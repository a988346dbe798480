package catalog

import "testing"

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("rongcloud.yaml", rongcloud); err != nil {
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
