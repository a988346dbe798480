package gen

import (
	"bytes"
	"fmt"
	"go/format"
	"path/filepath"
	"strings"

	"github.com/go-retcode/retcode/cmd/internal/cmdline"
)

// perLine is how many constants a directive names.
const perLine = 6

// beside writes a file with directives that name the constants of another one, which may be
// generated, and the predicate.
func (g *goFile) beside(o *options, s subject) error {
	if s.typ == nil {
		return cmdline.Errorf("-o %s: constants without a type have their directive on their group; leave -o out", o.out)
	}
	if dir := filepath.Clean(filepath.Dir(o.source)); filepath.Dir(o.out) != dir {
		return cmdline.Errorf("-o %s: the directives belong into the package of the constants, a file in %s", o.out, dir)
	}
	if o.out == filepath.Clean(o.source) {
		return cmdline.Errorf("-o %s: that is the source; -w adds directives in it", o.out)
	}
	at, err := placeOf(o)
	if err != nil {
		return err
	}
	src, err := g.besideSource(o)
	if err != nil {
		return err
	}
	if err := at.fits(o, src); err != nil {
		return err
	}
	return at.write(o.out, src)
}

// besideSource returns that file.
func (g *goFile) besideSource(o *options) ([]byte, error) {
	t := g.t
	var b bytes.Buffer
	fmt.Fprintf(&b, generated+"\n", filepath.Base(t.file))
	space := "//retcode:space " + t.space
	fmt.Fprintf(&b, "%s type=%s%s\n", space, t.typ, strings.TrimPrefix(t.directive(o), space))
	for _, class := range classNames() {
		var names []string
		for _, r := range t.rows {
			if r.retry == class {
				names = append(names, r.name)
			}
		}
		for len(names) > 0 {
			n := min(len(names), perLine)
			fmt.Fprintf(&b, "//retcode:retry %s %s\n", class, strings.Join(names[:n], " "))
			names = names[n:]
		}
	}
	fmt.Fprintf(&b, "package %s\n", g.pkg.Name())
	t.predicate(&b, o)
	return format.Source(b.Bytes())
}
