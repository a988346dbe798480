package catalog_test

import (
	"go/token"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func space(t testing.TB, name string) *catalog.Space {
	t.Helper()
	s, ok := catalog.Embedded().Space(name)
	if !ok {
		t.Fatalf("no space %q", name)
	}
	return s
}

// number is the value of a code of a space of integers, 0 of none.
func number(c catalog.Code) int {
	n, _ := c.Value.Int()
	return int(n)
}

// facts reads the sheet that was written from the vendor's documentation.
func facts(t *testing.T) map[string][]catalog.Code {
	t.Helper()
	data, err := os.ReadFile("testdata/status-codes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sheet := map[string][]catalog.Code{}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[0] == "space" {
			continue
		}
		n, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatal(err)
		}
		class, scope := catalog.Class(f[4]), catalog.ScopeCall
		if class == "-" {
			class, scope = catalog.Permanent, ""
		}
		sheet[f[0]] = append(sheet[f[0]], catalog.Code{Value: catalog.IntValue(int64(n)), Name: f[2], Group: f[3], Retry: class, Scope: scope, Meaning: f[5]})
	}
	for _, codes := range sheet {
		slices.SortFunc(codes, func(a, b catalog.Code) int { return a.Value.Compare(b.Value) })
	}
	return sheet
}

func TestFacts(t *testing.T) {
	c, sheet := catalog.Embedded(), facts(t)
	if len(c.Spaces) != len(sheet) {
		t.Errorf("%d spaces, want %d", len(c.Spaces), len(sheet))
	}
	for _, s := range c.Spaces {
		if diff := cmp.Diff(sheet[s.Name], s.Codes); diff != "" {
			t.Errorf("space %s (-facts +catalog):\n%s", s.Name, diff)
		}
	}
}

func TestCounts(t *testing.T) {
	status, business := space(t, "http"), space(t, "business")
	if n := len(status.Codes); n != 10 {
		t.Errorf("%d HTTP status codes, want 10", n)
	}
	documented := slices.DeleteFunc(slices.Clone(business.Codes), func(c catalog.Code) bool { return business.Succeeds(c.Value) })
	if n := len(documented); n != 121 {
		t.Errorf("%d documented body codes, want 121", n)
	}
	if diff := cmp.Diff([]catalog.Value{catalog.IntValue(200), catalog.IntValue(10000)}, business.Success); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]catalog.Value{catalog.IntValue(200)}, status.Success); diff != "" {
		t.Error(diff)
	}
}

func TestClasses(t *testing.T) {
	got := map[catalog.Class][]int{}
	for _, s := range catalog.Embedded().Spaces {
		for _, c := range s.Codes {
			if c.Retryable() {
				got[c.Retry] = append(got[c.Retry], number(c))
			}
		}
	}
	want := map[catalog.Class][]int{
		catalog.RateLimit: {429, 1008, 25416},
		catalog.Transient: {500, 504, 1050, 24402, 26003, 28402, 29007},
		catalog.Poll:      {24356, 29001, 29003},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNames(t *testing.T) {
	for _, s := range catalog.Embedded().Spaces {
		values, names := map[catalog.Value]bool{}, map[string]bool{}
		for _, c := range s.Codes {
			if values[c.Value] || names[c.Name] {
				t.Errorf("%s: %v is there twice", s.Name, c)
			}
			values[c.Value], names[c.Name] = true, true
			if !token.IsExported(c.Name) || !token.IsIdentifier(c.Name) || strings.Contains(c.Name, "_") {
				t.Errorf("%s: %v has no good Go name", s.Name, c)
			}
			if !slices.Contains(s.GroupNames(), c.Group) {
				t.Errorf("%s: %v is in no known group", s.Name, c)
			}
		}
		for _, g := range s.GroupNames() {
			if !slices.ContainsFunc(s.Codes, func(c catalog.Code) bool { return c.Group == g }) {
				t.Errorf("%s: group %s is empty", s.Name, g)
			}
		}
	}
}

func TestConstants(t *testing.T) {
	declared := map[string]int{
		"StatusOK":                  http.StatusOK,
		"StatusBadRequest":          http.StatusBadRequest,
		"StatusUnauthorized":        http.StatusUnauthorized,
		"StatusForbidden":           http.StatusForbidden,
		"StatusNotFound":            http.StatusNotFound,
		"StatusMethodNotAllowed":    http.StatusMethodNotAllowed,
		"StatusTooManyRequests":     http.StatusTooManyRequests,
		"StatusInternalServerError": http.StatusInternalServerError,
		"StatusGatewayTimeout":      http.StatusGatewayTimeout,
	}
	status := space(t, "http")
	for _, c := range status.Codes {
		if _, name, _ := status.Constant(c); declared[name] != number(c) && (name != "" || http.StatusText(number(c)) != "") {
			t.Errorf("the constant of %v is %q", c, name)
		}
	}
	business := space(t, "business")
	c, _ := business.Find(catalog.IntValue(1008))
	if _, _, ok := business.Constant(c); ok {
		t.Error("1008 has a constant")
	}
}

func TestLookup(t *testing.T) {
	business := space(t, "business")
	for _, n := range []int64{-1, 0, 1, 429, 999, 1012, 40000, 1 << 40, -1 << 62} {
		if c, ok := business.Find(catalog.IntValue(n)); ok {
			t.Errorf("Lookup(%d) = %v", n, c)
		}
	}
	c, ok := business.Find(catalog.IntValue(1008))
	if !ok || c.String() != "1008 (RateLimited)" || !c.Retryable() {
		t.Errorf("Lookup(1008) = %v, %v", c, ok)
	}
	if got, want := c.Brief(), "too many calls to this API"; got != want {
		t.Errorf("Brief of 1008 is %q, want %q", got, want)
	}
	if !business.Succeeds(catalog.IntValue(10000)) || !business.Succeeds(catalog.IntValue(200)) || business.Succeeds(catalog.IntValue(404)) {
		t.Error("success values are 200 and 10000")
	}
	if i := catalog.Embedded().Index("business"); i != 1 {
		t.Errorf("Index(business) = %d, want 1", i)
	}
	if i := catalog.Embedded().Index("nothing"); i != -1 {
		t.Errorf("Index(nothing) = %d, want -1", i)
	}
}

func TestNearest(t *testing.T) {
	tests := []struct {
		space string
		n     int64
		want  int
	}{
		{"business", 21402, 24402}, // one digit
		{"business", 1080, 1008},   // a swap goes before 1050
		{"business", 10008, 0},     // a digit too many
		{"business", 2404, 0},
		{"business", 2107, 2007},
		{"business", 201, 0}, // success is not offered
		{"business", 10001, 0},
		{"business", 0, 0},
		{"business", -1008, 0},
		{"business", 1 << 40, 0},
		{"http", 492, 429},
		{"http", 503, 504}, // nearer than 403 and 500
		{"http", 402, 401}, // 401 and 403 are as near: the smaller
	}
	for _, tt := range tests {
		c, ok := space(t, tt.space).Nearest(catalog.IntValue(tt.n))
		if ok != (number(c) != 0) || ok && space(t, tt.space).Succeeds(c.Value) {
			t.Errorf("%s: Nearest(%d) = %v, %v", tt.space, tt.n, c, ok)
		}
		if number(c) != tt.want {
			t.Errorf("%s: Nearest(%d) = %d, want %d", tt.space, tt.n, number(c), tt.want)
		}
	}
}

func TestTwins(t *testing.T) {
	tests := []struct {
		space string
		n     int64
		want  []int
	}{
		{"http", 400, []int{1002, 1003, 1005}},
		{"http", 401, []int{1001, 1004, 1006, 1007}},
		{"http", 403, []int{1016, 2007}},
		{"http", 429, []int{1008}},
		{"http", 430, []int{1009}},
		{"http", 500, []int{1000}},
		{"http", 504, []int{1050}},
		{"http", 200, nil},
		{"http", 1008, nil},
		{"business", 1008, []int{429}},
		{"business", 2007, []int{403}},
		{"business", 429, nil},
		{"business", 1015, nil},
	}
	for _, tt := range tests {
		var got []int
		for _, c := range catalog.Embedded().Twins(space(t, tt.space), catalog.IntValue(tt.n)) {
			got = append(got, number(c))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Twins(%s, %d):\n%s", tt.space, tt.n, diff)
		}
	}
}

func TestAdvice(t *testing.T) {
	c, seen := catalog.Embedded(), map[string]bool{}
	for _, k := range []catalog.Class{catalog.Permanent, catalog.RateLimit, catalog.Transient, catalog.Poll} {
		advice := c.Advice(k)
		if advice == "" || seen[advice] {
			t.Errorf("Advice(%q) = %q", k, advice)
		}
		seen[advice] = true
	}
}
