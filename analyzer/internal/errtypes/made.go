package errtypes

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Made lists the types with a code that this package makes errors of, by value or by pointer.
func (f *Finder) Made() []string {
	var out []string
	for _, fn := range f.G.Funcs {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				m, ok := i.(*ssa.MakeInterface)
				if ok && ir.IsErrorLike(m.Type()) && f.holdsCode(m.X) {
					out = append(out, ir.TypeString(m.X.Type()))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// IsMade reports whether this package, or one that it imports, makes errors of the type of a name.
func (f *Finder) IsMade(name string) bool {
	for p := range f.G.Imported() {
		if told := f.G.Facts(p); told != nil && slices.Contains(told.Made, name) {
			return true
		}
	}
	return slices.Contains(f.Made(), name)
}

// holdsCode reports whether a code is in a value, or in what it points to.
func (f *Finder) holdsCode(v ssa.Value) bool {
	for s := range f.G.Catalog.Spaces {
		if f.G.HoldsCode(ir.Pointee(v.Type()), s) || f.G.IsCode(v.Type(), s) {
			return true
		}
	}
	return false
}
