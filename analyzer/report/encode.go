package report

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Version is the version of the JSON form. It changes when a reader of an older form would
// misread a newer one; new fields do not change it.
const Version = 1

//go:embed schema.json
var schema string

// Schema returns the JSON Schema of what Encode writes.
func Schema() string { return schema }

// document is the JSON form of a report.
type document struct {
	Version int `json:"version"`
	Report
}

// Encode writes a report as indented JSON.
func Encode(w io.Writer, r Report) error {
	r.Spaces = append([]Space{}, r.Spaces...) // not null
	r.Packages = append([]Package{}, r.Packages...)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(document{Version, r})
}

// Decode reads what Encode wrote. It returns an error that says what is wrong if the
// version is another, or the report does not fit together (see Check).
func Decode(rd io.Reader) (Report, error) {
	var d document
	if err := json.NewDecoder(rd).Decode(&d); err != nil {
		return Report{}, fmt.Errorf("this is no report: %w", err)
	}
	if d.Version != Version {
		return Report{}, fmt.Errorf("the report has version %d, and this program reads version %d", d.Version, Version)
	}
	if err := d.Check(); err != nil {
		return Report{}, fmt.Errorf("the report does not fit together: %w", err)
	}
	return d.Report, nil
}

// Check returns an error that names the place if a report does not fit together: a site
// refers to no space, has no position, or has a code in two classes.
func (r *Report) Check() error {
	for _, space := range r.Spaces {
		if !slices.IsSortedFunc(space.Codes, compareCodes) {
			return fmt.Errorf("the codes of space %q are not in order", space.ID)
		}
	}
	for p, s := range r.All {
		if err := s.check(r); err != nil {
			return fmt.Errorf("package %s, %s: %s: %w", p.Path, s.At, s.Function, err)
		}
	}
	return nil
}

func (s *Site) check(r *Report) error {
	if _, ok := r.Space(s.Space); !ok {
		return fmt.Errorf("there is no space %q", s.Space)
	}
	if !s.At.IsValid() {
		return fmt.Errorf("the call of %s has no position", s.Call)
	}
	rest := false
	seen := make(map[Value]bool)
	for _, c := range s.Classes {
		if c.Rest && rest {
			return fmt.Errorf("two classes take the rest of the codes")
		}
		rest = rest || c.Rest
		for _, v := range c.Codes {
			if seen[v] {
				return fmt.Errorf("code %s stands in two classes", v)
			}
			seen[v] = true
		}
	}
	return nil
}
