package own

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// meantBy returns the codes that a directive on constants, or one above a package clause that
// names them behind its own word, speaks of.
func (r *reader) meantBy(p placed) []*code {
	if len(p.words) == 0 {
		r.problemf(p.directive, "the directive says nothing; write %s", form(p.verb))
		return nil
	}
	var out []*code
	switch {
	case p.on == onFile:
		if len(p.words) == 1 {
			r.problemf(p.directive, "above a package clause the directive has to name constants; write %s and then their names", form(p.verb))
			return nil
		}
		for _, name := range p.words[1:] {
			k := r.constant(nil, strings.TrimSuffix(name, ","))
			if k == nil {
				r.problemf(p.directive, "%s", r.notConstant(name))
				return nil
			}
			out = append(out, k)
		}
	case p.on == onType:
		r.problemf(p.directive, "this directive stands on a type; %s", where(p.verb))
		return nil
	case len(p.words) > 1:
		r.problemf(p.directive, "%q is one word too many: names of constants stand above a package clause alone; write %s", p.words[1], form(p.verb))
		return nil
	default:
		for _, obj := range p.consts {
			if k := r.codes[obj]; k != nil {
				out = append(out, k)
			}
		}
		if len(out) == 0 {
			r.problemf(p.directive, "%s", r.noCode(p))
		}
	}
	return out
}

// noCode says why constants that a directive stands on are no codes.
func (r *reader) noCode(p placed) string {
	if len(r.spaces) == 0 {
		return "the package has no space that its constants could be codes of; write " + form(verbSpace) + " on their type or group"
	}
	var names []string
	for _, s := range r.spaces {
		names = append(names, s.name)
	}
	what := "the constants here are no codes"
	if len(p.consts) == 1 {
		what = p.consts[0].Name() + " is no code"
	}
	return fmt.Sprintf("%s of %s: %s", what, strings.Join(names, " or "), "give it the type of the codes, or move the directive")
}

func (r *reader) notConstant(name string) string {
	if r.in.Pkg.Scope().Lookup(name) != nil {
		return name + " is no constant of a space of this package"
	}
	return unknown("constant", name, r.names(nil))
}

// retry reads //retcode:retry CLASS.
func (r *reader) retry(p placed) {
	codes := r.meantBy(p)
	if len(codes) == 0 {
		return
	}
	if !slices.Contains(classNames(), p.words[0]) {
		r.problemf(p.directive, "%s", unknown("retry class", p.words[0], classNames()))
		return
	}
	class := catalog.Class(p.words[0])
	if class == "permanent" {
		class = catalog.Permanent
	}
	direct := p.direct || p.on == onFile
	for _, k := range codes {
		k.space.classed = true
		first := k.first
		switch {
		case slices.Contains(k.space.success, k.value):
			if direct {
				r.problemf(p.directive, "%s is a success value of space %s, which nobody retries; remove the directive", k.obj.Name(), k.space.name)
			}
		case !first.classed, direct && !first.direct:
			first.class, first.classed, first.direct, first.by = class, true, direct, p.directive
		case first.class != class && direct == first.direct:
			r.problemf(p.directive, "%s has the retry class %s at %s; keep one of them", r.both(first, k), shown(first.class), r.at(first.by.pos))
		case first.class == class && direct && first.direct:
			r.problemf(p.directive, "%s has this retry class already, at %s; remove one of the directives", r.both(first, k), r.at(first.by.pos))
		}
	}
}

// both names a code by the constant that has it, and by its other name.
func (r *reader) both(first, k *code) string {
	if first == k {
		return k.obj.Name()
	}
	return fmt.Sprintf("%s is the same code as %s, which", k.obj.Name(), first.obj.Name())
}

func shown(class catalog.Class) string {
	if class == catalog.Permanent {
		return "permanent"
	}
	return string(class)
}

// group reads //retcode:group NAME.
func (r *reader) group(p placed) {
	codes := r.meantBy(p)
	if len(codes) == 0 {
		return
	}
	if !isName(p.words[0]) {
		r.problemf(p.directive, "%q is no name of a group; write %s", p.words[0], form(verbGroup))
		return
	}
	direct := p.direct || p.on == onFile
	given := make(map[*code]bool)
	for _, k := range codes {
		first := k.first
		if first.group != "" && first.group != p.words[0] && direct && !given[first] && first.groupDirect {
			r.problemf(p.directive, "%s is in group %s already; keep one of the directives", k.obj.Name(), first.group)
			continue
		}
		if first.group == "" || direct {
			first.group, first.groupDirect = p.words[0], direct
			given[first] = true
		}
	}
}

// owes reads //retcode:owes NAME[,NAME].
func (r *reader) owes(p placed) {
	codes := r.meantBy(p)
	if len(codes) == 0 {
		return
	}
	if p.on == onConsts && !p.direct {
		r.problemf(p.directive, "//retcode:owes stands on a group of constants, and only one of them can be the first of a set; put it on that")
		return
	}
	for _, k := range codes {
		if slices.Contains(k.space.success, k.value) {
			if len(codes) == 1 {
				r.problemf(p.directive, "%s is a success value of space %s, which nobody retries; remove the directive", k.obj.Name(), k.space.name)
			}
			continue
		}
		for name := range strings.SplitSeq(p.words[0], ",") {
			other := r.constant(k.space, name)
			switch {
			case other == nil:
				r.problemf(p.directive, "%s", unknown("constant", name, r.names(k.space)))
			case other.value == k.value:
				r.problemf(p.directive, "%s owes itself nothing; remove it from the list", name)
			case slices.Contains(k.space.success, other.value):
				r.problemf(p.directive, "%s is a success value of space %s, which nobody retries; remove it from the list", name, k.space.name)
			case slices.Contains(k.first.owes, other.value):
				r.problemf(p.directive, "%s is there twice; remove one", name)
			default:
				k.first.owes = append(k.first.owes, other.value)
			}
		}
		slices.SortFunc(k.first.owes, catalog.Value.Compare)
	}
}

// at says where something else stands.
func (r *reader) at(pos token.Pos) string {
	p := r.in.Fset.PositionFor(pos, false)
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}
