package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// explain returns what is known about one code in each chosen space that has it.
func explain(c *catalog.Catalog, o *options) ([]byte, error) {
	n, notNumber := strconv.ParseInt(o.explain, 0, 64)
	var b bytes.Buffer
	for _, s := range o.spaces {
		code, ok := s.Lookup(n)
		if notNumber != nil {
			i := slices.IndexFunc(s.Codes, func(c catalog.Code) bool { return strings.EqualFold(c.Name, o.explain) })
			if ok = i >= 0; ok {
				code = s.Codes[i]
			}
		}
		if !ok {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		explainCode(&b, c, s, code)
	}
	if b.Len() > 0 {
		return b.Bytes(), nil
	}
	if notNumber != nil {
		return nil, fmt.Errorf("%q is neither the number nor the name of a documented %s code", o.explain, c.Title)
	}
	message := fmt.Sprintf("%d is no documented %s code", n, c.Title)
	for _, s := range o.spaces {
		if near, ok := s.Nearest(n); ok {
			return nil, fmt.Errorf("%s; did you mean the %s %v?", message, s.Noun, near)
		}
	}
	return nil, fmt.Errorf("%s", message)
}

func explainCode(b *bytes.Buffer, c *catalog.Catalog, s *catalog.Space, code catalog.Code) {
	class, advice := "permanent", c.Advice(code.Retry)
	if code.Retryable() {
		class = string(code.Retry)
	}
	if s.IsSuccess(int64(code.Number)) {
		class, advice = "success", "nothing"
		if s.Name != c.Origins.CodeSpace {
			advice = "look at the code of the body; this value alone does not mean success"
		}
	}
	fmt.Fprintf(b, "%d %s\n", code.Number, code.Name)
	line := func(label, value string) { fmt.Fprintf(b, "  %-8s %s\n", label, value) }
	line("space", fmt.Sprintf("%s (%s)", s.Name, s.Noun))
	line("meaning", code.Meaning)
	line("group", code.Group)
	line("class", class)
	line("to do", advice)
	if name := s.Constant(code); name != "" {
		line("constant", s.Constants+"."+name)
	}
	for _, other := range c.Spaces {
		if other == s {
			continue
		}
		for _, twin := range c.Twins(s, int64(code.Number)) {
			if found, ok := other.Lookup(int64(twin.Number)); ok && found == twin {
				line("twin", fmt.Sprintf("%v, %s", twin, other.Noun))
			}
		}
	}
}
