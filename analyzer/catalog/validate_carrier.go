package catalog

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// symbol records a fault if s is no PATH.NAME. What is said of a type holds for PATH.NAME alone.
func (v *validator) symbol(at string, s Symbol, what string) bool {
	switch {
	case s == Symbol{}:
		v.fault(at, "%s is missing; write PATH.NAME with the full import path", what)
	case s.Path == "" || what == "a type" && (s.Type != "" || !token.IsExported(s.Name)):
		v.fault(at, "%q is no name of %s; write PATH.NAME with the full import path", s, what)
	default:
		return true
	}
	return false
}

// index records a fault for a position below 0.
func (v *validator) index(at string, n int) {
	if n < 0 {
		v.fault(at, "position %d; count parameters and results from 0", n)
	}
}

// once records a fault if seen has the symbol.
func (v *validator) once(at string, seen map[Symbol]bool, s Symbol) {
	if seen[s] {
		v.fault(at, "%v is there twice; remove one", s)
	}
	seen[s] = true
}

func (v *validator) carriers(f *file) {
	c := &f.Carriers
	seen := map[Symbol]bool{}
	for i := range c.Types {
		at := fmt.Sprintf("$.carriers.types[%d]", i)
		if v.symbol(at+".type", c.Types[i].Type, "a type") {
			v.once(at+".type", seen, c.Types[i].Type)
		}
		v.carrierType(at, f, &c.Types[i])
	}
	for i, k := range c.Interfaces {
		at := fmt.Sprintf("$.carriers.interfaces[%d]", i)
		v.identifier(at+".method", k.Method)
		v.gives(at, f, k.Space, k.Yields)
	}
	clear(seen)
	for i := range c.Functions {
		v.function(fmt.Sprintf("$.carriers.functions[%d]", i), f, &c.Functions[i], seen)
	}
	clear(seen)
	for i := range c.CodeTypes {
		v.codeType(fmt.Sprintf("$.carriers.code_types[%d]", i), f, &c.CodeTypes[i], seen)
	}
	clear(seen)
	for i, k := range c.CodeTexts {
		at := fmt.Sprintf("$.carriers.code_texts[%d]", i)
		if v.symbol(at+".func", k.Func, "a function") {
			v.once(at+".func", seen, k.Func)
		}
		v.index(at+".arg", k.Arg)
		v.form(at+".gives", v.spaceNamed(f, at+".space", k.Space), k.Gives)
	}
	clear(seen)
	for i := range c.Predicates {
		v.predicate(fmt.Sprintf("$.carriers.predicates[%d]", i), f, &c.Predicates[i], seen)
	}
	clear(seen)
	for i, k := range c.Constructors {
		at := fmt.Sprintf("$.carriers.constructors[%d]", i)
		if v.symbol(at+".func", k.Func, "a function") {
			v.once(at+".func", seen, k.Func)
		}
		v.spaceNamed(f, at+".space", k.Space)
		v.index(at+".code", k.Code)
		v.index(at+".message", k.Message)
		v.yields(at+".yields", f, k.Yields)
	}
	for i, s := range c.Producers {
		v.symbol(fmt.Sprintf("$.carriers.producers[%d]", i), s, "a function")
	}
	for i, s := range c.Options {
		v.symbol(fmt.Sprintf("$.carriers.options[%d]", i), s, "a type of options")
	}
	for i, k := range c.Never {
		at := fmt.Sprintf("$.carriers.never[%d]", i)
		v.symbol(at+".error", k.Error, "an error")
		v.documented(at, f, k.Space, k.Code)
		v.required(at+".why", k.Why)
	}
	for i := range c.Layers {
		v.layer(fmt.Sprintf("$.carriers.layers[%d]", i), f, &c.Layers[i])
	}
}

func (v *validator) identifier(at, name string) {
	if !token.IsIdentifier(name) || !token.IsExported(name) {
		v.fault(at, "%q is no exported Go identifier; write the name alone", name)
	}
}

// yields records a fault if a type is named that is no carrier.
func (v *validator) yields(at string, f *file, s Symbol) {
	if s != (Symbol{}) && !slices.ContainsFunc(f.Carriers.Types, func(t CarrierType) bool { return t.Type == s }) {
		v.fault(at, "%v is no carrier; use a type that carriers.types lists", s)
	}
}

// gives wants what something gives to be either a code of a space or a carrier.
func (v *validator) gives(at string, f *file, space string, yields Symbol) *fileSpace {
	if (space == "") == (yields == Symbol{}) {
		v.fault(at, "write either space, for what gives a code, or yields, for what gives a carrier")
		return nil
	}
	v.yields(at+".yields", f, yields)
	if space == "" {
		return nil
	}
	return v.spaceNamed(f, at+".space", space)
}

func (v *validator) carrierType(at string, f *file, t *CarrierType) {
	if len(t.Fields)+len(t.Methods) == 0 {
		v.fault(at, "%v has no field and no method for the code; list one", t.Type)
	}
	v.codeMembers(at+".fields", f, t.Fields)
	v.codeMembers(at+".methods", f, t.Methods)
	for i, name := range t.Messages {
		v.identifier(fmt.Sprintf("%s.messages[%d]", at, i), name)
	}
	comparisons := []Comparison{IsIdentity, IsCode, IsWhole}
	switch {
	case t.Error && !slices.Contains(comparisons, t.Is):
		v.fault(at+".is", "unknown comparison %q; write what errors.Is compares: %s", t.Is, list(comparisons))
	case !t.Error && (t.Is != "" || t.Unwraps):
		v.fault(at, "%v is no error, so errors.Is does not compare it; leave is and unwraps out, or write error: true", t.Type)
	}
}

func (v *validator) codeMembers(at string, f *file, members []Member) {
	for i, m := range members {
		at := fmt.Sprintf("%s[%d]", at, i)
		v.identifier(at+".name", m.Name)
		v.gives(at, f, m.Space, m.Yields)
	}
}

func (v *validator) function(at string, f *file, k *Function, seen map[Symbol]bool) {
	if v.symbol(at+".func", k.Func, "a function") {
		v.once(at+".func", seen, k.Func)
	}
	v.index(at+".arg", k.Arg)
	v.index(at+".ok", k.OK)
	v.index(at+".codes", k.Codes)
	s := v.gives(at, f, k.Space, k.Yields)
	v.answer(at+".nil", k, s, k.Nil)
	v.answer(at+".foreign", k, s, k.Foreign)
}

// answer records a fault if a function cannot give the code n.
func (v *validator) answer(at string, k *Function, s *fileSpace, n Value) {
	switch {
	case n.IsZero():
	case k.Space == "":
		v.fault(at, "an answer of %v that is a code; it gives a carrier, so leave this out", k.Func)
	case s != nil && !s.has(n):
		v.fault(at, "%s is no code of space %q; correct it or add the code", literal(n), k.Space)
	}
}

func (v *validator) codeType(at string, f *file, k *CodeType, seen map[Symbol]bool) {
	if v.symbol(at+".type", k.Type, "a type") {
		v.once(at+".type", seen, k.Type)
	}
	s := v.spaceNamed(f, at+".space", k.Space)
	if s != nil && k.Group && len(s.Groups) == 0 {
		v.fault(at+".group", "space %q has no groups; list them, or leave group out", k.Space)
	}
	for i, t := range k.Texts {
		at := fmt.Sprintf("%s.texts[%d]", at, i)
		v.identifier(at+".method", t.Method)
		v.form(at+".gives", s, t.Gives)
	}
}

// form records a fault if the codes of s have nothing of the kind g.
func (v *validator) form(at string, s *fileSpace, g Gives) {
	forms := []Gives{GivesCode, GivesName, GivesCondition, GivesGroup}
	switch {
	case !slices.Contains(forms, g):
		v.fault(at, "a code has no %q; use one of %s", g, list(forms))
	case s != nil && g == GivesCondition && !s.conditions():
		v.fault(at, "no code of space %q has a condition; add them, or use another", s.Name)
	}
}

func (s *fileSpace) conditions() bool {
	return slices.ContainsFunc(s.Codes, func(c fileCode) bool { return c.Condition != "" })
}

func (v *validator) predicate(at string, f *file, k *Predicate, seen map[Symbol]bool) {
	if v.symbol(at+".func", k.Func, "a function") {
		v.once(at+".func", seen, k.Func)
	}
	v.index(at+".arg", k.Arg)
	s := v.spaceNamed(f, at+".space", k.Space)
	if s == nil {
		return
	}
	if len(k.Groups)+len(k.Codes) == 0 {
		v.fault(at, "%v is true for nothing; list groups or codes", k.Func)
	}
	for i, g := range k.Groups {
		if !s.hasGroup(g) {
			v.fault(fmt.Sprintf("%s.groups[%d]", at, i), "unknown group %q; use one of %s", g, s.groupNames())
		}
	}
	v.listed(at+".codes", s, k.Codes)
	v.listed(at+".except", s, k.Except)
}

// listed records a fault for each value that is no code of s.
func (v *validator) listed(at string, s *fileSpace, codes []Value) {
	for i, n := range codes {
		if !s.has(n) {
			v.fault(fmt.Sprintf("%s[%d]", at, i), "%s is no code of space %q; correct it or add the code", literal(n), s.Name)
		}
	}
}

func (v *validator) layer(at string, f *file, k *Layer) {
	v.path(at+".package", k.Package)
	if len(k.Errors) == 0 {
		v.fault(at, "layer %q translates nothing; list its errors", k.Package)
	}
	for i, t := range k.Errors {
		at := fmt.Sprintf("%s.errors[%d]", at, i)
		v.symbol(at+".error", t.Error, "an error")
		if len(t.Codes) == 0 {
			v.fault(at, "%v stands for no code; list those", t.Error)
		}
		for n, code := range t.Codes {
			v.documented(fmt.Sprintf("%s.codes[%d]", at, n), f, t.Space, code)
		}
	}
}

// texts records faults of markers and prose.
func (v *validator) texts(f *file) {
	var seen []string
	for i, m := range f.Markers {
		at := fmt.Sprintf("$.markers[%d]", i)
		_, g, _, ok := parseMarker(m.Form)
		s := v.spaceNamed(f, at+".space", m.Space)
		switch {
		case !ok:
			v.fault(at+".form", "marker %q has no code; write one of {code}, {name} and {condition} in it, behind a text", m.Form)
		case slices.Contains(seen, m.Space+" "+m.Form):
			v.fault(at+".form", "marker %q is there twice; remove one", m.Form)
		case s != nil && g == GivesCondition && !s.conditions():
			v.fault(at+".form", "no code of space %q has a condition; add them, or use another form", m.Space)
		}
		seen = append(seen, m.Space+" "+m.Form)
	}
	seen = nil
	for i, p := range f.Prose {
		at := fmt.Sprintf("$.prose[%d]", i)
		switch {
		case len(strings.Fields(p.Text)) < 2:
			v.fault(at+".text", "prose %q is less than two words; such a text may be anybody's", p.Text)
		case slices.Contains(seen, p.Text):
			v.fault(at+".text", "prose %q is there twice; remove one", p.Text)
		}
		seen = append(seen, p.Text)
		v.documented(at, f, p.Space, p.Code)
	}
}

// surroundings records faults of drivers, transactions and retriers.
func (v *validator) surroundings(f *file) {
	seen := map[string]bool{}
	for i, d := range f.Drivers {
		at := fmt.Sprintf("$.drivers[%d]", i)
		if v.required(at+".name", d.Name) && seen[d.Name] {
			v.fault(at+".name", "driver %q is there twice; remove one", d.Name)
		}
		seen[d.Name] = true
		if len(d.Errors) == 0 || len(d.Opens) == 0 {
			v.fault(at, "driver %q needs errors and opens; list what it answers with and what shows that it is used", d.Name)
		}
		for n, s := range d.Errors {
			v.yields(fmt.Sprintf("%s.errors[%d]", at, n), f, s)
		}
		for n, o := range d.Opens {
			v.symbol(fmt.Sprintf("%s.opens[%d].func", at, n), o.Func, "a function")
			v.index(fmt.Sprintf("%s.opens[%d].arg", at, n), o.Arg)
		}
	}
	v.transactions("$.transactions", f, &f.Transactions)
	for i, r := range f.Retriers {
		at := fmt.Sprintf("$.retriers[%d]", i)
		v.symbol(at+".func", r.Func, "a function")
		v.index(at+".closure", r.Closure)
		s := v.spaceNamed(f, at+".space", r.Space)
		if len(r.Codes) == 0 {
			v.fault(at, "%v retries no code; list those", r.Func)
		}
		for n, code := range r.Codes {
			if s != nil && kindNamed(s.Kind) != NoKind {
				v.value(fmt.Sprintf("%s.codes[%d]", at, n), s, code)
			}
		}
	}
}

func (v *validator) transactions(at string, f *file, t *Transactions) {
	if len(t.Types) == 0 {
		if t.Space != "" || t.AfterAny || len(t.After)+len(t.Begin)+len(t.Revive) > 0 {
			v.fault(at, "transactions without types; list those of a transaction")
		}
		return
	}
	for i, s := range t.Types {
		v.symbol(fmt.Sprintf("%s.types[%d]", at, i), s, "a type")
	}
	for i, s := range t.Begin {
		v.symbol(fmt.Sprintf("%s.begin[%d]", at, i), s, "a method")
	}
	if t.AfterAny == (len(t.After) > 0) {
		v.fault(at, "write either after_any: true, or after: the codes that end a transaction")
	}
	for i, n := range t.After {
		v.documented(fmt.Sprintf("%s.after[%d]", at, i), f, t.Space, n)
	}
	if !t.Answers.IsZero() {
		v.documented(at+".answers", f, t.Space, t.Answers)
	}
	for i, word := range t.Revive {
		if strings.TrimSpace(word) == "" {
			v.fault(fmt.Sprintf("%s.revive[%d]", at, i), "an empty word is in every statement; remove it")
		}
	}
}
