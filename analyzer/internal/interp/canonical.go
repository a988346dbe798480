package interp

import (
	"fmt"
	"go/constant"
	"go/token"
	"hash/fnv"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Canonicalizer makes structural keys of values, so that the same thing done in two places is the same.
type Canonicalizer struct {
	R    *Propagation
	Memo map[ssa.Value]string

	words  *Canonicalizer // for what the text of an error is made of
	isText bool           // it is that one: a text that describes the code is like another
}

// inText is the canonicalizer for what the text of an error is made of.
func (k *Canonicalizer) inText() *Canonicalizer {
	if k.isText {
		return k
	}
	if k.words == nil {
		k.words = &Canonicalizer{R: k.R, Memo: make(map[ssa.Value]string), isText: true}
	}
	return k.words
}

const maxKeyDepth = 8

func (k *Canonicalizer) Args(c *ssa.CallCommon) string {
	var b strings.Builder
	for i, a := range ir.Args(c) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(k.key(a, 1))
	}
	return b.String()
}

func (k *Canonicalizer) Callee(c *ssa.CallCommon) string {
	if f := ir.Callee(c); f != nil {
		return f.FullName()
	}
	return k.key(c.Value, 1)
}

// place is the key of an address that is stored to: of a captured variable its name, for
// what it holds before is of no interest.
func (k *Canonicalizer) place(addr ssa.Value) string {
	if v, ok := addr.(*ssa.FreeVar); ok {
		return v.Name()
	}
	return k.key(addr, 0)
}

func (k *Canonicalizer) key(v ssa.Value, depth int) string {
	if v == nil {
		return "_"
	}
	if s, ok := k.Memo[v]; ok {
		return s
	}
	if depth > maxKeyDepth {
		return "…" + v.Name()
	}
	k.Memo[v] = "↺"
	s := bounded(k.find(v, depth))
	k.Memo[v] = s
	return s
}

// maxKey is the length of a key that is kept as it is.
const maxKey = 256

// bounded keeps a key from growing with the number of ways in which a value is made.
func bounded(s string) string {
	if len(s) <= maxKey {
		return s
	}
	h := fnv.New128a()
	h.Write([]byte(s))
	return fmt.Sprintf("%.32s…%x", s, h.Sum(nil))
}

// told is the key of what the propagation knows of a value, or "".
func (k *Canonicalizer) told(v ssa.Value) string {
	x := k.R.Val(v)
	switch {
	case x.Kind == Carrier || x.Kind == Maybe:
		return "CARRIER"
	case x.Text:
		return "TEXT"
	case len(x.Answers) > 0:
		return "answer " + strings.Join(x.Answers, "|")
	case x.Kind == Nil:
		return "nil"
	case x.Kind != Const || x.C == nil:
		return ""
	}
	if _, ok := v.(*ssa.Const); !ok && x.Code() && (k.R.isCode(x) || x.C.Kind() != constant.String && k.R.fromCode(v)) {
		return "CODE"
	}
	return "=" + x.C.ExactString()
}

// phrase is the key of a part of an error's text that is made of the code, or "".
func (k *Canonicalizer) phrase(v ssa.Value, depth int) string {
	v = ir.UnderInterface(v)
	if !k.isText || !ir.IsString(v.Type()) || ir.IsErrorLike(v.Type()) {
		return ""
	}
	switch i := v.(type) {
	case *ssa.BinOp:
		return "(" + k.key(i.X, depth) + "+" + k.key(i.Y, depth) + ")"
	case *ssa.Call:
		if k.R.describes(i) {
			return "TEXT"
		}
	case *ssa.Lookup:
		if k.R.Val(i).ByCode {
			return "TEXT"
		}
	}
	return ""
}

func (k *Canonicalizer) find(v ssa.Value, depth int) string {
	d := depth + 1
	if s := k.phrase(v, d); s != "" {
		return s
	}
	if s := k.told(v); s != "" {
		return s
	}
	if same := ir.Preserved(v); same != nil {
		return k.key(same, d)
	}
	switch i := v.(type) {
	case *ssa.Const:
		return "zero"
	case *ssa.Phi:
		var parts []string
		for n, e := range i.Edges {
			if k.R.Edges[[2]int{i.Block().Preds[n].Index, i.Block().Index}] && e != v {
				s := k.key(e, d)
				if !slices.Contains(parts, s) {
					parts = append(parts, s)
				}
			}
		}
		sort.Strings(parts)
		return "φ{" + strings.Join(parts, "|") + "}"
	case *ssa.Call:
		name := k.Callee(&i.Call)
		if name == "errors.New" || name == "fmt.Errorf" {
			return name + "(" + k.inText().Args(&i.Call) + ")"
		}
		s := name + "(" + k.Args(&i.Call) + ")"
		if o := k.R.inner[i]; o != nil {
			s += "→" + strings.Join(o.keys, ",")
		}
		return s
	case *ssa.Extract:
		return k.key(i.Tuple, d) + fmt.Sprint("#", i.Index)
	case *ssa.FieldAddr:
		return k.key(i.X, d) + fmt.Sprint(".", i.Field)
	case *ssa.Field:
		return k.key(i.X, d) + fmt.Sprint(".", i.Field)
	case *ssa.IndexAddr:
		return k.key(i.X, d) + "[" + k.key(i.Index, d) + "]"
	case *ssa.UnOp:
		if a, ok := i.X.(*ssa.Alloc); ok && i.Op == token.MUL {
			return k.content(a, i, d)
		}
		return i.Op.String() + k.key(i.X, d)
	case *ssa.BinOp:
		return "(" + k.key(i.X, d) + i.Op.String() + k.key(i.Y, d) + ")"
	case *ssa.Alloc:
		return "&" + k.content(i, nil, d)
	case *ssa.MakeClosure:
		return "func " + i.Fn.Name()
	case *ssa.MakeMap:
		return k.entries(i, d)
	case *ssa.MakeSlice:
		return "slice"
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Function, *ssa.Builtin:
		return v.Name()
	case *ssa.Lookup:
		return k.key(i.X, d) + "[" + k.key(i.Index, d) + "]"
	}
	return v.Name()
}

// content is the key of what a local variable holds.
func (k *Canonicalizer) content(a *ssa.Alloc, at ssa.Instruction, depth int) string {
	var parts []string
	for _, s := range k.R.Engine.Reaching(a, at) {
		if s.Block >= 0 && !k.R.Live[s.Block] {
			continue
		}
		var part string
		switch {
		case s.Val != nil:
			part = fmt.Sprint(s.Field, "=") + k.key(s.Val, depth)
		case s.Zero:
			part = "zero"
		case s.Runs && k.R.content[s.Call].Kind == NonNil:
			part = "filled!"
		default:
			part = "filled"
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	sort.Strings(parts)
	return "{" + strings.Join(parts, ";") + "}"
}

// describes reports whether a call makes a text of the code or its carrier.
func (r *Propagation) describes(c *ssa.Call) bool {
	return r.Val(c).ByCode || slices.ContainsFunc(ir.Args(&c.Call), func(a ssa.Value) bool {
		x := r.Val(a)
		return x.Code() || x.Holds()
	})
}

// fromCode reports whether v is the code itself, or arithmetic on it, rather than a
// number that the code chose.
func (r *Propagation) fromCode(v ssa.Value) bool {
	for range 8 {
		if _, ok := r.bound(v); ok {
			return true
		}
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.BinOp, *ssa.Field:
			return true
		case *ssa.UnOp:
			return true
		case *ssa.Extract, *ssa.Call:
			return true
		default:
			return false
		}
	}
	return true
}

// entries is the key of a map by what is put into it where it is made.
func (k *Canonicalizer) entries(m *ssa.MakeMap, depth int) string {
	var parts []string
	for _, ref := range *m.Referrers() {
		if u, ok := ref.(*ssa.MapUpdate); ok && u.Block() == m.Block() {
			parts = append(parts, k.key(u.Key, depth)+":"+k.key(u.Value, depth))
		}
	}
	sort.Strings(parts)
	return "map{" + strings.Join(parts, ";") + "}"
}
