package interp

import (
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// textModel evaluates the functions of package strings that programs ask about codes that
// are texts, where all arguments are known: the class of a SQLSTATE is its beginning.
func (r *Propagation) textModel(name string, vals []Value) (Value, bool) {
	if !strings.HasPrefix(name, "strings.") {
		return Value{}, false
	}
	texts := make([]string, len(vals))
	byCode := false
	for i, v := range vals {
		if v.Kind != Const || v.C.Kind() != constant.String {
			return Value{}, false
		}
		texts[i] = constant.StringVal(v.C)
		byCode = byCode || v.ByCode
	}
	var out constant.Value
	switch name {
	case "strings.HasPrefix":
		out = constant.MakeBool(strings.HasPrefix(texts[0], texts[1]))
	case "strings.HasSuffix":
		out = constant.MakeBool(strings.HasSuffix(texts[0], texts[1]))
	case "strings.Contains":
		out = constant.MakeBool(strings.Contains(texts[0], texts[1]))
	case "strings.EqualFold":
		out = constant.MakeBool(strings.EqualFold(texts[0], texts[1]))
	case "strings.Compare":
		out = constant.MakeInt64(int64(strings.Compare(texts[0], texts[1])))
	case "strings.ToUpper":
		out = constant.MakeString(strings.ToUpper(texts[0]))
	case "strings.ToLower":
		out = constant.MakeString(strings.ToLower(texts[0]))
	case "strings.TrimSpace":
		out = constant.MakeString(strings.TrimSpace(texts[0]))
	case "strings.TrimPrefix":
		out = constant.MakeString(strings.TrimPrefix(texts[0], texts[1]))
	case "strings.TrimSuffix":
		out = constant.MakeString(strings.TrimSuffix(texts[0], texts[1]))
	default:
		return Value{}, false
	}
	if name == "strings.EqualFold" {
		r.nameEqual(vals[0], vals[1])
	} else {
		r.Observed.All = r.Observed.All || byCode && out.ExactString() != vals[0].C.ExactString()
	}
	return Value{Kind: Const, C: out, ByCode: byCode}, true
}

// slice is a part of a text that is known, between bounds that are.
func (r *Propagation) slice(i *ssa.Slice, x Value) (Value, bool) {
	if x.Kind != Const || x.C.Kind() != constant.String {
		return Value{}, false
	}
	s := constant.StringVal(x.C)
	bound := func(v ssa.Value, without int) (int, bool) {
		if v == nil {
			return without, true
		}
		n, ok := r.Val(v).IsInt()
		return int(n), ok && 0 <= n && n <= int64(len(s))
	}
	low, ok := bound(i.Low, 0)
	high, ok2 := bound(i.High, len(s))
	if !ok || !ok2 || low > high {
		return Value{Kind: Top, ByCode: x.ByCode}, true
	}
	r.arithmetic(x)
	x.C = constant.MakeString(s[low:high])
	return x, true
}
