package catalog

import (
	"net/http"
	"testing"
)

func TestNamedByHTTP(t *testing.T) {
	status, other := &Space{Constants: []Constants{{Package: "net/http"}}}, &Space{}
	for n := range 1000 {
		if got, want := status.NamedByOther(IntValue(int64(n))), http.StatusText(n) != ""; got != want {
			t.Errorf("%d: %t, want %t", n, got, want)
		}
		if other.NamedByOther(IntValue(int64(n))) {
			t.Errorf("%d: named in a space of other constants", n)
		}
	}
}
