package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// Evidence is what shows that a request, a response or a package belongs to
// the API.
type Evidence struct {
	Hosts        []string
	Paths        []string   // without suffix; {} stands for one segment
	Suffixes     []string   // what may follow a path
	Headers      []string   // every name of HeaderSets
	HeaderSets   [][]string // each is evidence when it is set as a whole
	HeaderPrefix string     // what may stand before each name of a set; the sets with it are in HeaderSets
}

// Host reports whether h, with or without a port, is a host of the API.
func (e *Evidence) Host(h string) bool {
	h = foldHost(h)
	return h != "" && slices.ContainsFunc(e.Hosts, func(host string) bool { return strings.EqualFold(host, h) })
}

// Path reports whether p is a documented endpoint path. The leading slash may
// be missing from a path of two segments with its suffix. The suffix may be
// missing from a distinctive path: three segments, or two and an upper-case letter.
func (e *Evidence) Path(p string) bool {
	base, suffixed := e.trimSuffix(p)
	if !strings.HasPrefix(base, "/") {
		if !suffixed || !strings.Contains(base, "/") {
			return false
		}
		base = "/" + base
	}
	if !suffixed && !distinctive(base) {
		return false
	}
	return slices.ContainsFunc(e.Paths, func(pattern string) bool { return matchPath(pattern, base) })
}

// Constant reports whether a string constant shows the API: a host, an
// endpoint path, or a URL or format of a URL that has one of them.
func (e *Evidence) Constant(s string) bool {
	u := splitURL(s)
	if e.Host(u.host) {
		return true
	}
	// On a named host that is not the API's, "/push.json" says nothing.
	if u.foreign && strings.Count(u.path, "/") < 2 {
		return false
	}
	return e.Path(u.path)
}

// Signed reports whether names hold all the headers that sign a request.
func (e *Evidence) Signed(names []string) bool {
	return slices.ContainsFunc(e.HeaderSets, func(set []string) bool {
		return !slices.ContainsFunc(set, func(want string) bool {
			return !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, want) })
		})
	})
}

// Header returns the name of a request header that signs a request, in lower case and without
// the prefix that it may have, and reports whether name is one.
func (e *Evidence) Header(name string) (base string, ok bool) {
	if !slices.ContainsFunc(e.Headers, func(h string) bool { return strings.EqualFold(h, name) }) {
		return "", false
	}
	return strings.TrimPrefix(strings.ToLower(name), strings.ToLower(e.HeaderPrefix)), true
}

// FewestHeaders returns the size of the smallest set of headers that is evidence, or 0.
func (e *Evidence) FewestHeaders() int {
	fewest := 0
	for _, set := range e.HeaderSets {
		if fewest == 0 || len(set) < fewest {
			fewest = len(set)
		}
	}
	return fewest
}

// trimSuffix cuts a documented suffix off p. A dot alone and a dot with a verb
// are suffixes that are filled in later.
func (e *Evidence) trimSuffix(p string) (base string, ok bool) {
	for _, suffix := range e.Suffixes {
		if base, ok := strings.CutSuffix(p, suffix); ok {
			return base, true
		}
	}
	if len(e.Suffixes) > 0 {
		for _, suffix := range []string{".", ".%s", ".%v"} {
			if base, ok := strings.CutSuffix(p, suffix); ok {
				return base, true
			}
		}
	}
	return p, false
}

// distinctive reports whether path can hardly be anyone else's.
func distinctive(path string) bool {
	n := strings.Count(path, "/")
	return n >= 3 || n == 2 && strings.ContainsFunc(path, func(r rune) bool { return 'A' <= r && r <= 'Z' })
}

// matchPath reports whether path is pattern, in which {} stands for a segment.
func matchPath(pattern, path string) bool {
	for {
		before, after, wild := strings.Cut(pattern, "{}")
		if !wild {
			return pattern == path
		}
		rest, ok := strings.CutPrefix(path, before)
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			i = len(rest)
		}
		if !ok || i == 0 {
			return false
		}
		pattern, path = after, rest[i:]
	}
}

// urlParts is what may be a host and a path in a string.
type urlParts struct {
	host, path string
	foreign    bool // the host is written out and does not belong to the path
}

// splitURL takes a URL apart. Unlike net/url it reads formats and URLs without
// a scheme, and takes no string with blanks for a URL.
func splitURL(s string) urlParts {
	if s == "" || strings.ContainsAny(s, " \t\r\n\"<>\\") {
		return urlParts{}
	}
	s, absolute := trimScheme(s)
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	if !absolute && strings.HasPrefix(s, "/") {
		return urlParts{path: s}
	}
	host, path := s, ""
	if i := strings.IndexByte(s, '/'); i >= 0 {
		host, path = s[:i], s[i:]
	}
	if absolute {
		host = host[strings.LastIndexByte(host, '@')+1:]
	}
	switch {
	case strings.ContainsAny(host, "%{"):
		return urlParts{path: path}
	case absolute, path != "" && strings.ContainsAny(host, ".:"):
		return urlParts{host: host, path: path, foreign: true}
	}
	return urlParts{host: host, path: s}
}

// trimScheme cuts "https://" or "//" off s.
func trimScheme(s string) (rest string, ok bool) {
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		return rest, true
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || scheme == "" || strings.ContainsAny(scheme, "/?#.@:") {
		return s, false
	}
	return rest, true
}

// foldHost returns h in lower case without its port and final dot.
func foldHost(h string) string {
	h, _, _ = strings.Cut(h, ":")
	return strings.ToLower(strings.TrimSuffix(h, "."))
}

// BadHost says what is wrong with the name of a host, or nothing.
func BadHost(h string) string {
	if h == "" || foldHost(h) != h || splitURL(h).host != h {
		return fmt.Sprintf("host %q is no bare host; write it in lower case without scheme, port and path", h)
	}
	return ""
}

// BadPath says what is wrong with an endpoint path, or nothing.
func BadPath(p string) string {
	if !strings.HasPrefix(p, "/") || splitURL(p).path != p || strings.Contains(p, "%") {
		return fmt.Sprintf("path %q is no endpoint path; begin it with / and write {} for a segment that varies", p)
	}
	return ""
}
