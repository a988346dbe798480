package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Report is the handling of a program.
type Report struct {
	// Module is the path of the module that the packages are of, if it is one.
	Module string `json:"module,omitempty"`
	// Spaces are the tables of codes that the sites refer to, by ID.
	Spaces []Space `json:"spaces"`
	// Packages are by import path. Those without a site and a finding are left out.
	Packages []Package `json:"packages"`
}

// A Space is one table of codes of an API.
type Space struct {
	// ID tells the space from every other: "rongcloud/business", or the package path and
	// the name for a space that a program declares itself.
	ID string `json:"id"`
	// API is the catalog's name, as in "postgresql/40001".
	API string `json:"api"`
	// Name is the space's name within its API.
	Name string `json:"name"`
	// Title is the API's name for a reader: "PostgreSQL".
	Title string `json:"title,omitempty"`
	// Open says that programs and servers may answer codes that the table does not have.
	Open bool `json:"open,omitempty"`
	// Codes are the documented codes, by value, successes included.
	Codes []Code `json:"codes"`
}

// Short is the API's name where there is little room: of one that a package declares, which
// goes by the path of that, the title.
func (s *Space) Short() string {
	if strings.Contains(s.API, "/") && s.Title != "" {
		return s.Title
	}
	return s.API
}

// A Code is a documented value of a space.
type Code struct {
	// Value is a number or, as in SQLSTATE, a string.
	Value Value `json:"value"`
	// Name is what the API's constants call it: "RateLimited".
	Name string `json:"name,omitempty"`
	// Group is the catalog's group of codes that belong to one subject.
	Group string `json:"group,omitempty"`
	// Retry says why a call that failed with this code may succeed later.
	Retry Retry `json:"retry,omitempty"`
	// Success says that the value is no failure.
	Success bool `json:"success,omitempty"`
	// Meaning is one line for a reader.
	Meaning string `json:"meaning,omitempty"`
}

// A Retry is a retry class: why a failed call may succeed when it is repeated.
type Retry string

// The retry classes. A catalog may have more; all but Permanent and Unsure are retryable.
const (
	Permanent   Retry = ""            // the same call fails again
	RateLimit   Retry = "rate-limit"  // wait, then again
	Transient   Retry = "transient"   // the server failed or did not answer
	Poll        Retry = "poll"        // not ready yet
	Transaction Retry = "transaction" // begin the whole transaction again
	Unsure      Retry = "unsure"      // it depends on what the caller knows
)

// Retryable reports whether handling owes the code a second try.
func (c Code) Retryable() bool { return c.Retry != Permanent && c.Retry != Unsure && !c.Success }

// String returns the value and the name: "1008 (RateLimited)".
func (c Code) String() string {
	if c.Name == "" {
		return c.Value.String()
	}
	return fmt.Sprintf("%s (%s)", c.Value, c.Name)
}

// A Package is the handling of one package.
type Package struct {
	// Path is the import path.
	Path string `json:"path"`
	// Spaces are the tables that the sites refer to. In a Report they stand there instead.
	Spaces []Space `json:"spaces,omitempty"`
	// Sites are by position.
	Sites []Site `json:"sites,omitempty"`
	// Findings are those that belong to no site, by position.
	Findings []Finding `json:"findings,omitempty"`
}

// A Site is a place where a code or its carrier is judged: a call and what the function
// does with what it answers.
type Site struct {
	// Function holds the call: "(*Client).Send", "Send.func1" for a closure of it.
	Function string `json:"function"`
	// Call is what is called, as a reader would write it: "(*rcsdk.Client).Send". For a
	// carrier that comes from elsewhere it is the parameter, field or channel.
	Call string `json:"call"`
	// At is the call.
	At Position `json:"at"`
	// Decision is where the function first tells codes apart, or failure from success.
	// It is the zero Position where nothing does.
	Decision Position `json:"decision,omitzero"`
	// Space is the ID of the codes' space.
	Space string `json:"space"`
	// Carrier is the value from which the code can be taken.
	Carrier Carrier `json:"carrier"`
	// Classes divide the codes: two codes of one class are handled alike. They are in the
	// order of their first code, the class of success first and that of the rest last.
	Classes []Class `json:"classes"`
	// Named are the codes that the function names here.
	Named []Value `json:"named,omitempty"`
	// Below are codes that do not reach this place: a function below has dealt with them.
	Below []Value `json:"below,omitempty"`
	// Untold are the retryable codes that are not told apart from permanent failures.
	Untold []Value `json:"untold,omitempty"`
	// Findings are what the checks say of this place, by position; silenced ones too.
	Findings []Finding `json:"findings,omitempty"`
	// Path leads from the call to the decision.
	Path []Step `json:"path,omitempty"`
}

// A Carrier is a value from which a code can be taken.
type Carrier struct {
	// Kind is what the carrier is.
	Kind CarrierKind `json:"kind"`
	// Name is the variable's, if it has one.
	Name string `json:"name,omitempty"`
	// Given says that it comes from elsewhere, and from no call of the function.
	Given bool `json:"given,omitempty"`
}

// A CarrierKind says what a carrier is.
type CarrierKind string

// The kinds of carriers.
const (
	CarrierError    CarrierKind = "error"    // an error that holds the code
	CarrierResponse CarrierKind = "response" // an answer with a field or method for it
	CarrierCode     CarrierKind = "code"     // the code itself
)

// A Class is a set of codes for which a function does the same.
type Class struct {
	// Codes are by value. A class of success over errors has none: there it is nil.
	Codes []Value `json:"codes,omitempty"`
	// Rest says that every code that no class of the site lists is of this class.
	Rest bool `json:"rest,omitempty"`
	// Success says that these are no failures.
	Success bool `json:"success,omitempty"`
	// Actions are what is done, in the order of the source. None means that nothing is.
	Actions []Action `json:"actions,omitempty"`
}

// A Finding is a diagnostic of a check.
type Finding struct {
	// Category is the check: "retryable".
	Category string `json:"category"`
	// Message says what is wrong.
	Message string `json:"message"`
	// At is the place to mend.
	At Position `json:"at"`
	// URL leads to the check's page.
	URL string `json:"url,omitempty"`
	// Silenced says that a directive keeps the finding from being reported, for Reason.
	Silenced bool   `json:"silenced,omitempty"`
	Reason   string `json:"reason,omitempty"`
	// Related are places that explain the finding.
	Related []Step `json:"related,omitempty"`
}

// A Step is a place and what happens there, in a few words.
type Step struct {
	At   Position `json:"at"`
	Text string   `json:"text"`
}

// A Position is a place in a source file.
type Position struct {
	// File is relative to the directory that the report was made in, with slashes.
	File string `json:"file"`
	// Line and Column count from 1, columns in bytes.
	Line   int `json:"line"`
	Column int `json:"column"`
	// EndLine and EndColumn are where the range ends (the column behind it), or 0.
	EndLine   int `json:"endLine,omitempty"`
	EndColumn int `json:"endColumn,omitempty"`
}

// IsValid reports whether p is a place.
func (p Position) IsValid() bool { return p.File != "" && p.Line > 0 }

// String returns "file:line:column", or "-" if p is no place.
func (p Position) String() string {
	if !p.IsValid() {
		return "-"
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Space returns the space with an ID.
func (r *Report) Space(id string) (*Space, bool) {
	i := slices.IndexFunc(r.Spaces, func(s Space) bool { return s.ID == id })
	if i < 0 {
		return nil, false
	}
	return &r.Spaces[i], true
}

// Lookup returns the documented code v.
func (s *Space) Lookup(v Value) (Code, bool) {
	i, ok := slices.BinarySearchFunc(s.Codes, v, func(c Code, v Value) int { return c.Value.Compare(v) })
	if !ok {
		return Code{}, false
	}
	return s.Codes[i], true
}

// Code returns the documented code v, or one without a name.
func (s *Space) Code(v Value) Code {
	if c, ok := s.Lookup(v); ok {
		return c
	}
	return Code{Value: v}
}

// List names the codes of a class in a line, at most a number of them, 0 for all:
// "1008 (RateLimited), every other code".
func (s *Space) List(c *Class, most int) string {
	if len(c.Codes) == 0 {
		switch {
		case c.Success:
			return "success"
		case c.Rest:
			return "every other code"
		}
		return "no code"
	}
	var codes []Code
	for _, v := range c.Codes {
		codes = append(codes, s.Code(v))
	}
	return Names(codes, c.Rest, most)
}

// Names lists codes in a line, at most a number of them, 0 for all; rest adds every other.
func Names(codes []Code, rest bool, most int) string {
	var list []string
	for i, c := range codes {
		if most > 0 && i == most && len(codes) > most+1 {
			list = append(list, fmt.Sprintf("%d more", len(codes)-most))
			break
		}
		list = append(list, c.String())
	}
	if rest {
		list = append(list, "every other code")
	}
	return strings.Join(list, ", ")
}

// All calls yield for each site until it returns false. It is an iterator over the sites
// of a report with the package of each.
func (r *Report) All(yield func(*Package, *Site) bool) {
	for i := range r.Packages {
		p := &r.Packages[i]
		for j := range p.Sites {
			if !yield(p, &p.Sites[j]) {
				return
			}
		}
	}
}

// Class returns the class that v belongs to at a site. It returns false if v does not
// reach it.
func (s *Site) Class(v Value) (*Class, bool) {
	var rest *Class
	for i := range s.Classes {
		c := &s.Classes[i]
		if slices.Contains(c.Codes, v) {
			return c, true
		}
		if c.Rest {
			rest = c
		}
	}
	if rest == nil || slices.Contains(s.Below, v) {
		return nil, false
	}
	return rest, true
}
