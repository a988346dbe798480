package catalog

import "slices"

// A Variant is a part of a check that a catalog may choose on its own.
type Variant string

// checkVariants has the checks that a catalog may choose, in the order in which one cause is
// reported, each with its variants.
var checkVariants = []struct {
	name     string
	variants []Variant
}{
	// as-written: every literal; where-offered: those for which the build has a constant.
	{"magic", []Variant{"as-written", "where-offered"}},
	// operands: where a code is meant; markers: in a marker that a text is searched for.
	{"unknown", []Variant{"operands", "markers"}},
	// spaces: a code of another space; derived: of one that this is derived from, or the
	// reverse; masks: a mask that makes two codes one.
	{"mixed", []Variant{"spaces", "derived", "masks"}},
	// markers: a marker or prose; words: a documented code as a whole word.
	{"text", []Variant{"markers", "words"}},
	// types: a type that the call never answers with; pointers: value for pointer and the
	// reverse; wrapped: asked without unwrapping; drivers: another driver's type; never: an
	// error that the API's never is; built: an error built for the comparison.
	{"target", []Variant{"types", "pointers", "wrapped", "drivers", "never", "built"}},
	// classes: required classes; sets: sets.
	{"switch", []Variant{"classes", "sets"}},
	// passed: a failure that is looked at, or goes out of sight; dropped: one that _ drops.
	{"unchecked", []Variant{"passed", "dropped"}},
	// classes: required classes; sets: sets; lost: the code is lost on its way up; closures:
	// in the closure of a retry helper; changing: a failure leads to another, changing call.
	{"retryable", []Variant{"classes", "sets", "lost", "closures", "changing"}},
	// permanent: a permanent code is retried; no-end: a loop without one; no-pause: no way
	// back waits; in-transaction: in the transaction that the failure ended.
	{"retry", []Variant{"permanent", "no-end", "no-pause", "in-transaction"}},
	{"directive", nil},
}

// CheckNames returns the checks that a catalog may choose.
func CheckNames() []string {
	var names []string
	for _, c := range checkVariants {
		names = append(names, c.name)
	}
	return names
}

// Variants returns the variants of a check; a check may have none.
func Variants(check string) []Variant {
	for _, c := range checkVariants {
		if c.name == check {
			return slices.Clone(c.variants)
		}
	}
	return nil
}

// Speaks reports whether the check speaks for the API, with this variant if it is not empty.
func (c *Catalog) Speaks(check string, variant Variant) bool {
	return slices.ContainsFunc(c.Checks, func(k Check) bool {
		return k.Name == check && (variant == "" || slices.Contains(k.Variants, variant))
	})
}
