package fact

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// Bits are labels of a value that hold on some path.
type Bits uint64

// The labels. A carrier has one bit for each space, from Carrier(0) up.
const (
	Request  Bits = 1 << iota // a URL, path, header set or request of the API
	Response                  // a response, body, bytes or decoded value of the API
	Foreign                   // something of another API, or of a server's own
	JSON                      // a value decoded from JSON
	Text                      // the text of a carrier
	Answer                    // what a request answered that is in sight, whoever was asked
	Path                      // a path that is none of the API's, of which nothing else is known
	firstCarrier
)

// Carrier returns the label of a value from which a code of the space can be taken.
func Carrier(space int) Bits { return firstCarrier << space }

// Carriers masks the labels of carriers of every space.
const Carriers = ^(firstCarrier - 1)

// Facts is the fact of one package: what it tells of each catalog, sorted by name.
type Facts struct {
	List []Package
}

// AFact marks Facts as a fact.
func (*Facts) AFact() {}

// String lists the catalogs and their functions, for the driver's debug output.
func (f *Facts) String() string {
	var b strings.Builder
	for i := range f.List {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(f.List[i].String())
	}
	return b.String()
}

// Add adds what a package tells of one catalog, unless it is nothing.
func (f *Facts) Add(p *Package) {
	if p.Empty() {
		return
	}
	i, _ := slices.BinarySearchFunc(f.List, p.Catalog, func(q Package, name string) int { return strings.Compare(q.Catalog, name) })
	f.List = slices.Insert(f.List, i, *p)
}

// Of returns what is told of a catalog. Of one that the package has nothing to do with,
// that is what its functions do whatever the codes are. It is nil where nothing is told.
func (f *Facts) Of(catalog string) *Package {
	if len(f.List) == 0 {
		return nil
	}
	for i := range f.List {
		if f.List[i].Catalog == catalog {
			return &f.List[i]
		}
	}
	return f.List[0].withoutCodes()
}

// withoutCodes is what a package tells but for what belongs to one catalog.
func (p *Package) withoutCodes() *Package {
	out := &Package{}
	for _, f := range p.Funcs {
		f.Tables = nil
		f.Params, f.Results = slices.Clone(f.Params), slices.Clone(f.Results)
		for i := range f.Params {
			f.Params[i].Code, f.Params[i].Declared, f.Params[i].ByCode = 0, false, false
			f.Params[i].Gains.Own &^= Carriers
		}
		for i := range f.Results {
			r := &f.Results[i]
			r.Code, r.Zero, r.Declared, r.Unexamined, r.HandledBelow = 0, false, false, 0, nil
			r.Fails = false
			r.Holds.Own &^= Carriers
		}
		out.Funcs = append(out.Funcs, f)
	}
	return out
}

// Package is what one package tells of one catalog. All slices are sorted by their first
// field.
type Package struct {
	Catalog string
	Codes   bool // codes enter or pass through this package: evidence for importers
	Funcs   []Func
	Fields  []Symbol // fields that hold a code; Name is "import/path.Type.Field"
	Holds   []Symbol // fields that hold a carrier
	Consts  []Symbol // constants declared as codes
	Types   []Symbol // named types declared as codes
	Vars    []Symbol // package variables that hold a code
	Errors  []Symbol // integer types whose errors are made of codes; Name is "import/path.Type"
	Made    []string // the types with a code that errors are made of here, sorted
}

// String lists the symbols, for the driver's debug output.
func (p *Package) String() string {
	var b strings.Builder
	b.WriteString("retcode(")
	for i, f := range p.Funcs {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(f.Name)
	}
	return b.String() + ")"
}

// Symbol is a named object of a space.
type Symbol struct {
	Name     string
	Space    int
	Declared bool // by directive or flag
}

// Func is what is known of one function or method, by its name within the package:
// "F", "(T).M" or "(*T).M".
type Func struct {
	Name    string
	Waits   bool   // sleeps, or waits for a timer or limiter
	Exits   bool   // never returns: ends the process or panics
	Pure    bool   // has no effect that outlives it, besides logging
	Like    string // the function of package errors that it only hands its parameters on to
	Params  []Param
	Results []Result
	Tables  []Table
}

// Param is a parameter, counted from 0 with the receiver first.
type Param struct {
	Index    int
	Code     int  // space+1 of the code it is meant to be, or 0
	Declared bool // by directive, or in the vendor's SDK
	Gains    Flow // what its pointee holds after the call
	Decodes  bool // JSON is decoded into it
	Examines bool // the code that was decoded into it is looked at
	Ends     bool // a carrier passed here goes nowhere else
	Retries  bool // a function that is called again after a failure
	Asks     bool // and something is asked of the failure before
	ByCode   bool // a function that is called again depending on the code of its error
	Fatal    bool // the function does not return where a failure is passed here
}

// Result is a result by index.
type Result struct {
	Index        int
	Code         int  // space+1 of the code it holds, or 0
	Zero         bool // a 0 that stands for no code is returned too
	Fails        bool // an error that stands for a failure of the API, and has lost the code
	Declared     bool
	Holds        Flow
	Unexamined   int             // space+1 of the code that it holds of an answer that nobody has looked at, or 0
	Examined     []int           // spaces of whose codes the function has looked at that of the response it returns
	HandledBelow []catalog.Value // required codes that are dealt with before the carrier is handed on
	Types        []string        // the dynamic types of an error that is a carrier; nil if not known
	Inner        []string        // those of them that only stand inside another error
	UnseenOuter  bool            // it may also be the error of a call that nobody sees, and that nothing says holds a code
	UnseenInner  bool            // such an error may stand inside it
	Passes       uint64          // the parameters whose errors come here as they are, besides Types
	Wraps        uint64          // those whose errors come here inside another error
	Opens        uint64          // those of whose errors an inner one may come here
	Runs         uint64          // the parameters that are functions whose error, if there is one, comes here
}

// Typed reports whether all types that a result can have where it holds a code are known.
func (r *Result) Typed() bool {
	return !r.UnseenOuter && !r.UnseenInner && (r.Types != nil || r.Passes|r.Wraps|r.Opens != 0)
}

// Flow is what a value holds: labels of its own, and labels of parameters, as they
// are (From) or after the request was made (Asks).
type Flow struct {
	Own        Bits
	From, Asks uint64
}

// Table is what a predicate or classifier answers for each code that a parameter holds.
type Table struct {
	Param, Result int
	Space         int
	Carrier       bool            // the parameter is a carrier, not the code
	Default       string          // the answer for every code without an entry, "" if not known
	Success       string          // the answer for success
	Entries       []Entry         // sorted by Code
	Omits         []catalog.Value // codes that were reported where the answers are made
}

// Entry is one answer; constants are written as go/constant prints them exactly, and code or
// text is the code itself or its text.
type Entry struct {
	Code   catalog.Value
	Answer string
}

// Func returns what is known of the named function, or nil.
func (p *Package) Func(name string) *Func {
	if p == nil {
		return nil
	}
	i, ok := sort.Find(len(p.Funcs), func(i int) int { return strings.Compare(name, p.Funcs[i].Name) })
	if !ok {
		return nil
	}
	return &p.Funcs[i]
}

// Param returns what is known of parameter i, or nil.
func (f *Func) Param(i int) *Param {
	if f == nil {
		return nil
	}
	for k := range f.Params {
		if f.Params[k].Index == i {
			return &f.Params[k]
		}
	}
	return nil
}

// Result returns what is known of result i, or nil.
func (f *Func) Result(i int) *Result {
	if f == nil {
		return nil
	}
	for k := range f.Results {
		if f.Results[k].Index == i {
			return &f.Results[k]
		}
	}
	return nil
}

// Judges reports whether the function decides something for each code that parameter i carries.
func (f *Func) Judges(i int) bool {
	return f != nil && slices.ContainsFunc(f.Tables, func(t Table) bool { return t.Carrier && t.Param == i })
}

// Lookup finds a symbol by name.
func Lookup(list []Symbol, name string) (space int, ok bool) {
	i, ok := sort.Find(len(list), func(i int) int { return strings.Compare(name, list[i].Name) })
	if !ok {
		return 0, false
	}
	return list[i].Space, true
}

// Sort puts everything in its fixed order, so that a fact always encodes the same.
func (p *Package) Sort() {
	slices.SortFunc(p.Funcs, func(a, b Func) int { return strings.Compare(a.Name, b.Name) })
	for _, list := range [][]Symbol{p.Fields, p.Holds, p.Consts, p.Types, p.Vars, p.Errors} {
		slices.SortFunc(list, func(a, b Symbol) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Space, b.Space))
		})
	}
	for i := range p.Funcs {
		f := &p.Funcs[i]
		slices.SortFunc(f.Params, func(a, b Param) int { return cmp.Compare(a.Index, b.Index) })
		slices.SortFunc(f.Results, func(a, b Result) int { return cmp.Compare(a.Index, b.Index) })
		slices.SortFunc(f.Tables, func(a, b Table) int {
			return cmp.Or(cmp.Compare(a.Param, b.Param), cmp.Compare(a.Result, b.Result))
		})
	}
}

// Empty reports whether the fact tells nothing.
func (p *Package) Empty() bool {
	return !p.Codes && len(p.Funcs)+len(p.Fields)+len(p.Holds)+len(p.Consts)+len(p.Types)+len(p.Vars)+len(p.Errors)+len(p.Made) == 0
}

// Int is the exact form of a number in an Entry.
func Int(n int64) string { return strconv.FormatInt(n, 10) }

// HoldsCodes reports whether a code or carrier passes through the function.
func (f *Func) HoldsCodes() bool {
	for _, r := range f.Results {
		if r.Code != 0 || r.Holds.Own&(Carriers|Response) != 0 {
			return true
		}
	}
	for _, p := range f.Params {
		if p.Code != 0 {
			return true
		}
	}
	return false
}

// Fails reports whether an error of the function stands for a failure that has lost its code.
func (f *Func) Fails() bool {
	return slices.ContainsFunc(f.Results, func(r Result) bool { return r.Fails })
}

// OnlyRuns reports whether nothing is told of the function but what it runs.
func (f *Func) OnlyRuns() bool {
	for _, r := range f.Results {
		if r.Runs == 0 || r.Code != 0 || r.Holds != (Flow{}) {
			return false
		}
	}
	return len(f.Results) > 0 && !f.Waits && !f.Exits && !f.Pure && f.Like == "" && len(f.Params)+len(f.Tables) == 0
}

// Told reports whether an importer has a use for the function's fact.
func (f *Func) Told() bool {
	return f.Waits || f.Exits || f.Pure || f.Like != "" || len(f.Params)+len(f.Results)+len(f.Tables) > 0
}
