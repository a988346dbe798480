package handling

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// choose returns a report with the sites that the options ask for. It returns an error if
// they name a code that no space has.
func (o *options) choose(r report.Report) (report.Report, error) {
	if err := o.known(&r); err != nil {
		return report.Report{}, err
	}
	if len(o.codes) == 0 && !o.unhandled && o.function == nil {
		return r, nil
	}
	return sites(r, func(path string, s *report.Site) bool { return o.wants(&r, path, s) }), nil
}

// inFunctions returns a report with the sites in the functions that were asked for.
func (o *options) inFunctions(r report.Report) report.Report {
	if o.function == nil {
		return r
	}
	return sites(r, o.inFunction)
}

func (o *options) inFunction(path string, s *report.Site) bool {
	return o.function == nil || o.function.MatchString(s.Function) || o.function.MatchString(path+"."+s.Function)
}

// unmatched returns an error if reports have sites, and none in a function that was asked for:
// how the method that is meant is written, where there is one.
func (o *options) unmatched(reports ...*report.Report) error {
	some, meant := false, ""
	for _, r := range reports {
		for p, s := range r.All {
			if o.inFunction(p.Path, s) {
				return nil
			}
			some = true
			if bare := s.Function[strings.LastIndexByte(s.Function, '.')+1:]; meant == "" && o.function.MatchString(bare) {
				meant = s.Function
			}
		}
	}
	switch {
	case !some:
		return nil
	case meant != "":
		return fmt.Errorf("-func %s: no function with a call to show matches; did you mean '%s'?", o.pattern, meant)
	}
	return fmt.Errorf("-func %s: no function with a call to show matches; a method is written (*T).M, with the type, and an expression is looked for anywhere in that", o.pattern)
}

// sites returns a report with some of the sites, and all tables.
func sites(r report.Report, wanted func(path string, s *report.Site) bool) report.Report {
	var packages []report.Package
	for i := range r.Packages {
		p := report.Package{Path: r.Packages[i].Path}
		for j := range r.Packages[i].Sites {
			s := &r.Packages[i].Sites[j]
			if wanted(p.Path, s) {
				p.Sites = append(p.Sites, *s)
			}
		}
		packages = append(packages, p)
	}
	return of(r, packages)
}

// of returns a report of other packages, with the module and all tables of r.
func of(r report.Report, packages []report.Package) report.Report {
	out := report.Merge(packages...)
	out.Module, out.Spaces = r.Module, r.Spaces
	return out
}

func (o *options) wants(r *report.Report, path string, s *report.Site) bool {
	if !o.inFunction(path, s) {
		return false
	}
	if len(o.codes) == 0 {
		return !o.unhandled || s.Unhandled()
	}
	for _, v := range o.values(r, s) {
		switch s.Outcome(v) {
		case report.OutcomeAbsent:
		case report.OutcomePermanent, report.OutcomeSwallowed:
			return true
		default:
			if !o.unhandled {
				return true
			}
		}
	}
	return false
}

// heard returns a report without the findings that are silenced.
func heard(r report.Report) report.Report {
	speaks := func(list []report.Finding) (out []report.Finding) {
		for _, f := range list {
			if !f.Silenced {
				out = append(out, f)
			}
		}
		return out
	}
	var packages []report.Package
	for _, p := range r.Packages {
		p.Sites = slices.Clone(p.Sites)
		for i := range p.Sites {
			p.Sites[i].Findings = speaks(p.Sites[i].Findings)
		}
		p.Findings = speaks(p.Findings)
		packages = append(packages, p)
	}
	return of(r, packages)
}

// values are the codes of a site's space that were asked for.
func (o *options) values(r *report.Report, s *report.Site) []report.Value {
	space, ok := r.Space(s.Space)
	if !ok {
		return nil
	}
	var out []report.Value
	for _, c := range space.Codes {
		if o.codes.has(space, c) {
			out = append(out, c.Value)
		}
	}
	for _, v := range s.Named {
		if o.codes.has(space, space.Code(v)) {
			out = append(out, v)
		}
	}
	return out
}

// known returns an error for an element of -code that neither a table nor a site has. A
// program that uses no API has no table, and then there is nothing to say.
func (o *options) known(r *report.Report) error {
	if len(r.Spaces) == 0 {
		return nil
	}
	for _, element := range o.codes {
		found := slices.ContainsFunc(r.Spaces, func(space report.Space) bool {
			return slices.ContainsFunc(space.Codes, func(c report.Code) bool { return matches(element, &space, c) })
		})
		for _, s := range r.All {
			if space, ok := r.Space(s.Space); ok && !found {
				found = slices.ContainsFunc(s.Named, func(v report.Value) bool { return matches(element, space, space.Code(v)) })
			}
		}
		if !found {
			var ids, names []string
			for _, s := range r.Spaces {
				ids = append(ids, s.ID)
				for _, c := range s.Codes {
					names = append(names, c.Name)
				}
			}
			meant := near.Suffix(element[strings.LastIndexByte(element, '/')+1:], names)
			return fmt.Errorf("-code %s: this program's APIs have no such code%s; they are %s", element, meant, strings.Join(ids, ", "))
		}
	}
	return nil
}

// one returns an error unless all sites are of one function.
func one(r *report.Report, pattern string) error {
	var names []string
	for p, s := range r.All {
		if name := p.Path + "." + s.Function; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch {
	case len(names) == 0:
		return fmt.Errorf("-func %s: no function with a call to show matches", pattern)
	case len(names) > 1:
		const most = 5
		more := ""
		if len(names) > most {
			more = fmt.Sprintf(" and %d more", len(names)-most)
			names = names[:most]
		}
		return fmt.Errorf("-func %s: a drawing is of one function, and these match: %s%s", pattern, strings.Join(names, ", "), more)
	}
	return nil
}
