package origin

import (
	"fmt"
	"go/token"
	"strings"
)

// A Spec is one place that a flag declares to hold codes:
// PKG.TYPE.FIELD=SPACE, PKG.TYPE.METHOD=SPACE, PKG.FUNC=SPACE or
// PKG.VAR=SPACE. Of a function or method its one integer result is meant.
type Spec struct {
	Pkg, Type, Name, Space string
}

// ParseSpec parses a value of the flag -origin.
func ParseSpec(s string) (Spec, error) {
	fail := func(reason string) (Spec, error) {
		return Spec{}, fmt.Errorf("%q: %s; write PKG.TYPE.FIELD=SPACE, PKG.TYPE.METHOD=SPACE, PKG.FUNC=SPACE or PKG.VAR=SPACE, such as net/http.Response.StatusCode=http", s, reason)
	}
	eq := strings.LastIndexByte(s, '=')
	switch {
	case strings.ContainsAny(s, "()*[] \t,"):
		return fail("it holds more than names")
	case eq < 0:
		return fail("no =SPACE stands behind the place")
	}
	space := s[eq+1:]
	if _, name, ok := OwnName(space); ok {
		space = name
	}
	if !token.IsIdentifier(strings.ReplaceAll(space, "-", "_")) {
		return fail("no name of a space stands behind =")
	}
	place := s[:eq]
	slash := strings.LastIndexByte(place, '/') + 1
	parts := strings.Split(place[slash:], ".")
	if len(parts) < 2 || place[slash] == '.' {
		return fail("the place needs a package and a name")
	}
	names := 1
	if n := len(parts); n > 2 && !isMajor(parts[n-2]) {
		names = 2
	}
	spec := Spec{Space: s[eq+1:], Name: parts[len(parts)-1]}
	if names == 2 {
		spec.Type = parts[len(parts)-2]
	}
	spec.Pkg = place[:slash] + strings.Join(parts[:len(parts)-names], ".")
	for _, name := range parts[len(parts)-names:] {
		if !token.IsIdentifier(name) {
			return fail(fmt.Sprintf("%q is no Go name", name))
		}
	}
	return spec, nil
}

// String returns the text that ParseSpec reads.
func (s Spec) String() string { return s.place() + "=" + s.Space }

func (s Spec) place() string {
	if s.Type == "" {
		return s.Pkg + "." + s.Name
	}
	return s.Pkg + "." + s.Type + "." + s.Name
}

// in returns the names that s means in the package of that path. The path
// decides where the package ends: its last element may hold dots itself.
func (s Spec) in(pkgPath string) (typ, name string, ok bool) {
	rest, ok := strings.CutPrefix(s.place(), cleanPath(pkgPath)+".")
	if !ok || strings.Contains(rest, "/") {
		return "", "", false
	}
	switch parts := strings.Split(rest, "."); len(parts) {
	case 1:
		return "", parts[0], true
	case 2:
		return parts[0], parts[1], true
	}
	return "", "", false
}

// isMajor reports whether s is the version in a path such as gopkg.in/yaml.v3.
func isMajor(s string) bool {
	return len(s) > 1 && s[0] == 'v' && strings.Trim(s[1:], "0123456789") == ""
}

// cleanPath returns the path that an import declaration would name: without
// what go vet adds for tests, and without the place of a vendored copy.
func cleanPath(path string) string {
	path, _, _ = strings.Cut(path, " [")
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		return path[i+len("/vendor/"):]
	}
	return strings.TrimPrefix(path, "vendor/")
}
