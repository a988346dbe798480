package handling

import (
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
	"github.com/go-retcode/retcode/analyzer/report"
)

// group is the cases that one class of a site shows.
type group struct {
	cases  []*partition.CodeCase
	others int // codes that are neither named nor retryable
}

// classes are the classes of the partition, those that are retried apart from those that are
// not. The largest class of codes that nobody names is the rest.
func (v *view) classes() []report.Class {
	groups := v.groups()
	rest := -1
	for i, g := range groups {
		if g.others > 0 && (rest < 0 || g.others > groups[rest].others) {
			rest = i
		}
	}
	out := make([]report.Class, 0, len(groups))
	for i, g := range groups {
		first := g.cases[0]
		class := report.Class{Success: first.Success, Rest: i == rest, Actions: v.actions(first)}
		for _, k := range g.cases {
			listed := k.Named || k.Code.Retryable() || k.Success || i != rest
			if listed && !(k.Success && v.source.Kind == interp.Err) {
				class.Codes = append(class.Codes, value(k.Code.Value))
			}
		}
		out = append(out, class)
	}
	return out
}

func (v *view) groups() []*group {
	var out []*group
	for _, k := range v.partition.Cases {
		var of *group
		for _, g := range out {
			if f := g.cases[0]; f.Class == k.Class && f.Retried == k.Retried && f.Success == k.Success {
				of = g
			}
		}
		if of == nil {
			of = &group{}
			out = append(out, of)
		}
		of.cases = append(of.cases, k)
		if !k.Named && !k.Code.Retryable() && !k.Success {
			of.others++
		}
	}
	return out
}
