package handling

import (
	"cmp"
	"go/token"
	"math"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
	"github.com/go-retcode/retcode/analyzer/report"
)

// A Collector gathers the handling of one package for all catalogs.
type Collector struct {
	Fset *token.FileSet

	out   report.Package
	spans []span // of the functions of the sites
}

// span is where the function of a site stands.
type span struct {
	site     int
	pos, end token.Pos
	call     token.Pos
}

// Add adds what the functions of a package do with the codes of one catalog.
func (c *Collector) Add(cat *catalog.Catalog, engine *behavior.Engine, functions []*ssa.Function) {
	used := make(map[int]bool)
	for _, fn := range functions {
		for _, s := range engine.Sources(fn) {
			b := engine.Partition(s)
			if s.Outer && !b.NamesFailure() || len(b.Cases) == 0 || s.Event() == nil && !s.Outer {
				continue
			}
			c.add(&view{c: c, catalog: cat, engine: engine, source: s, partition: b})
			used[s.Space] = true
			if by := engine.ByStatus(s); by != nil {
				if b := engine.Partition(by); len(b.Conditions()) > 0 {
					c.add(&view{c: c, catalog: cat, engine: engine, source: by, partition: b})
					used[by.Space] = true
				}
			}
		}
	}
	for i, space := range cat.Spaces {
		if used[i] {
			c.out.Spaces = append(c.out.Spaces, spaceOf(cat, space))
		}
	}
}

// A view is one source as it is shown.
type view struct {
	c         *Collector
	catalog   *catalog.Catalog
	engine    *behavior.Engine
	source    *interp.Source
	partition *partition.Partition
}

func (c *Collector) add(v *view) {
	s, b := v.source, v.partition
	at := s.Instr.Pos()
	if s.Call != nil {
		at = s.Call.Pos()
	}
	if !at.IsValid() {
		return
	}
	site := report.Site{
		Function: functionName(s.Fn),
		Call:     v.callee(),
		At:       c.position(at),
		Space:    v.catalog.Name + "/" + b.Space.Name,
		Carrier:  report.Carrier{Kind: carrierKind(s.Kind), Given: v.given()},
		Classes:  v.classes(),
	}
	for code := range b.NamedCodes {
		if _, ok := b.Space.Find(code); ok {
			site.Named = append(site.Named, value(code))
		}
	}
	for _, code := range v.engine.HandledBelow(s) {
		site.Below = append(site.Below, value(code))
	}
	for _, k := range b.Cases {
		if !k.Success && k.Code.Retryable() && !b.Distinguished(k) && !k.Retried && !k.Repeated && !k.Escapes && !k.Exits {
			site.Untold = append(site.Untold, value(k.Code.Value))
		}
	}
	site.Path = []report.Step{{At: site.At, Text: "the code comes from here"}}
	if list := b.Conditions(); len(list) > 0 {
		site.Decision = c.position(ir.CondPos(list[0]))
		for _, cond := range list {
			if p := c.position(ir.CondPos(cond)); p.IsValid() {
				site.Path = append(site.Path, report.Step{At: p, Text: "the code decides here"})
			}
		}
	}
	root := s.Fn
	c.spans = append(c.spans, span{len(c.out.Sites), root.Pos(), end(root), at})
	c.out.Sites = append(c.out.Sites, site)
}

// end is where a function ends in the source.
func end(fn *ssa.Function) token.Pos {
	if syntax := fn.Syntax(); syntax != nil {
		return syntax.End()
	}
	return fn.Pos()
}

// A Finding is what a check says, at its place.
type Finding struct {
	report.Finding
	Pos token.Pos
}

// Package returns what was gathered, with the findings at their sites: at the one that decides
// where a finding stands, at the one whose call it is about, else at the last one above it in its
// function, else beside all.
func (c *Collector) Package(path string, findings []Finding) *report.Package {
	c.out.Path = path
	for _, f := range findings {
		if i := c.siteOf(f); i >= 0 {
			c.out.Sites[i].Findings = append(c.out.Sites[i].Findings, f.Finding)
		} else {
			c.out.Findings = append(c.out.Findings, f.Finding)
		}
	}
	return &c.out
}

func (c *Collector) siteOf(f Finding) int {
	best, at, about := -1, token.NoPos, -1
	for _, s := range c.spans {
		site := &c.out.Sites[s.site]
		if slices.ContainsFunc(site.Path[1:], func(r report.Step) bool { return samePlace(r.At, f.At) }) {
			return s.site
		}
		if slices.ContainsFunc(f.Related, func(r report.Step) bool { return samePlace(r.At, site.At) }) {
			if about < 0 || distance(site, f) < distance(&c.out.Sites[about], f) {
				about = s.site
			}
		}
		if s.pos <= f.Pos && f.Pos < s.end && (s.call <= f.Pos || site.At.Line == f.At.Line) && s.call >= at {
			best, at = s.site, s.call
		}
	}
	if about >= 0 {
		return about
	}
	return best
}

// distance is how many lines lie between a finding and the step of a site that is next to it.
func distance(site *report.Site, f Finding) int {
	least := math.MaxInt
	for _, step := range site.Path {
		if step.At.File == f.At.File {
			least = min(least, max(step.At.Line-f.At.Line, f.At.Line-step.At.Line))
		}
	}
	return least
}

func samePlace(a, b report.Position) bool {
	return a.File == b.File && a.Line == b.Line && a.Column == b.Column
}

// Position is a place as reports have it, with the whole name of its file.
func (c *Collector) position(pos token.Pos) report.Position {
	if !pos.IsValid() {
		return report.Position{}
	}
	p := c.Fset.PositionFor(pos, false)
	return report.Position{File: p.Filename, Line: p.Line, Column: p.Column}
}

// Range is the place of a piece of source.
func (c *Collector) Range(pos, end token.Pos) report.Position {
	out := c.position(pos)
	if p := c.position(end); p.IsValid() && p.File == out.File {
		out.EndLine, out.EndColumn = p.Line, p.Column
	}
	return out
}

func (v *view) callee() string {
	s := v.source
	if s.Call != nil {
		return ir.CalleeName(s.Call.Common())
	}
	names := []string{}
	for root := range s.Roles.In(interp.Itself) {
		if name := nameOf(root); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "a carrier from elsewhere"
	}
	return slices.Min(names) // the same at each run
}

// given reports whether the carrier comes from elsewhere, and no call of the function answers with it.
func (v *view) given() bool {
	for root := range v.source.Roles.In(interp.Itself) {
		if c, _ := ir.AnsweredBy(root); c != nil {
			return false
		}
	}
	return v.source.Call == nil
}

// nameOf names where a value comes from as a reader of the source would, or is "": no name of
// the SSA's own stands in the source.
func nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return v.Name()
	case *ssa.Call:
		return ir.CalleeName(v.Common())
	case *ssa.Extract:
		return nameOf(v.Tuple)
	case *ssa.UnOp:
		return nameOf(v.X)
	case *ssa.BinOp: // SQLite's primary code is the extended one, masked
		return cmp.Or(nameOf(v.X), nameOf(v.Y))
	case *ssa.Convert:
		return nameOf(v.X)
	case *ssa.ChangeType:
		return nameOf(v.X)
	case *ssa.ChangeInterface:
		return nameOf(v.X)
	case *ssa.TypeAssert:
		return nameOf(v.X)
	case *ssa.Field:
		return fieldName(v.X, v.Field)
	case *ssa.FieldAddr:
		return fieldName(v.X, v.Field)
	}
	return ""
}

func fieldName(holder ssa.Value, i int) string {
	if f := ir.FieldVar(holder, i); f != nil {
		return f.Name()
	}
	return ""
}

// functionName names a function as a reader does: "(*Client).Send", "Send.func1".
func functionName(fn *ssa.Function) string {
	if fn.Pkg == nil {
		return fn.Name()
	}
	return strings.ReplaceAll(fn.RelString(fn.Pkg.Pkg), "$", ".func")
}

func carrierKind(k interp.CarrierKind) report.CarrierKind {
	switch k {
	case interp.Err:
		return report.CarrierError
	case interp.Response:
		return report.CarrierResponse
	}
	return report.CarrierCode
}

func value(v catalog.Value) report.Value {
	if s, ok := v.Text(); ok {
		return report.Text(s)
	}
	n, _ := v.Int()
	return report.Int(n)
}

func spaceOf(cat *catalog.Catalog, s *catalog.Space) report.Space {
	out := report.Space{ID: cat.Name + "/" + s.Name, API: cat.Name, Name: s.Name, Title: cat.Title}
	for _, c := range s.Codes {
		out.Codes = append(out.Codes, report.Code{
			Value: value(c.Value), Name: c.Name, Group: c.Group, Retry: report.Retry(c.Retry),
			Success: s.Succeeds(c.Value), Meaning: c.Meaning,
		})
	}
	slices.SortFunc(out.Codes, func(a, b report.Code) int { return cmp.Or(a.Value.Compare(b.Value)) })
	return out
}

// Spaces are all tables of a catalog.
func Spaces(cat *catalog.Catalog) []report.Space {
	var out []report.Space
	for _, s := range cat.Spaces {
		out = append(out, spaceOf(cat, s))
	}
	return out
}
