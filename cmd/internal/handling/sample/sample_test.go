package sample

import (
	"go/parser"
	"go/token"
	"reflect"
	"strings"
	"testing"
)

// TestSample checks that a sample can be trusted: its files are Go, its places lie in them,
// its report fits together, and it is the same each time.
func TestSample(t *testing.T) {
	p := New(120)
	if !reflect.DeepEqual(p, New(120)) {
		t.Error("two samples differ")
	}
	if err := p.Report.Check(); err != nil {
		t.Error(err)
	}
	for name, text := range p.Files {
		if _, err := parser.ParseFile(token.NewFileSet(), name, text, 0); err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
	}
	sites := 0
	for pkg, s := range p.Report.All {
		sites++
		line := strings.Split(p.Files[s.At.File], "\n")[s.At.Line-1]
		name := s.Call[strings.LastIndex(s.Call, ".")+1:]
		if got := line[s.At.Column-1 : s.At.EndColumn-1]; !strings.Contains(got, name+"(") {
			t.Errorf("%s: %s lies at %q", pkg.Path, s.Call, got)
		}
	}
	if sites != 120 {
		t.Errorf("%d sites; want 120", sites)
	}
}
