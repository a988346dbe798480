package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// A Class says why a call that failed with a code may succeed when it is
// repeated. The empty class is permanent: the same call fails again.
type Class string

// The classes that the analysis knows.
const (
	Permanent   Class = ""
	RateLimit   Class = "rate-limit"
	Transient   Class = "transient"
	Poll        Class = "poll"
	Transaction Class = "transaction" // run the whole transaction, or sequence of calls, again
	Unsure      Class = "unsure"      // it depends on what the caller knows; never required, never blamed
)

// A Scope is what has to be called again after a retryable code.
type Scope string

// The scopes.
const (
	ScopeCall        Scope = "call"
	ScopeStatement   Scope = "statement"
	ScopeTransaction Scope = "transaction"
)

// A Nature says how errors of an API reach a program.
type Nature string

const (
	Called    Nature = "called"    // the program's calls of the API are known; what they answer carries a code
	Inspected Nature = "inspected" // libraries hide the call; an error carries a code where it is asked for it
)

// A Catalog is what is known about one API. It is data: callers share it and must not change it.
type Catalog struct {
	Name, Title, URL string
	Nature           Nature
	Take             string // how messages tell to take the code of an error: "take it with …"
	Spaces           []*Space
	Classes          []RetryClass // the retry classes that codes may have
	PermanentAdvice  string       // what to do about a code without a class
	Pairs            []Pair
	Sets             []Set
	Dialects         []Dialect
	Checks           []Check  // those that speak for this API
	Packages         []string // import paths whose use, or that of a package below, brings the catalog into play
	Evidence         Evidence
	Origins          Origins
	Carriers         Carriers
	Markers          []Marker
	Prose            []Prose
	Drivers          []Driver
	Transactions     Transactions
	Retriers         []Retrier
	ConstantsPackage string // the vendor's own package of constants, if there is one
	Package          string // the package of the program whose directives declare the API; "" of a data file's
}

// A RetryClass describes a class of codes.
type RetryClass struct {
	Name     Class
	Advice   string // what to do about such a code
	Scope    Scope  // what to call again, unless the code says otherwise
	Pause    bool   // calling again has to wait
	Required bool   // who tells codes apart owes those of this class
}

// A Space is one table of codes. A number means different things in two spaces.
type Space struct {
	Name        string
	Noun        string      // what messages call a code of this space
	Article     string      // the noun's article: "a" or "an"
	Kind        Kind        // the kind of value that its codes are
	Form        Form        // what a code looks like
	Constants   []Constants // the packages of constants to offer, the first that the build has
	Success     []Value     // the values that mean success
	Codes       []Code      // by value, successes included
	Aliases     []Alias     // by value
	Groups      []Group     // in the order of the data file
	GroupLength int         // how many characters of a code name its group; 0 if each code says it
	General     string      // the group whose codes any call may answer; "" if all may come from any
	Open        Open
	Derived     Derivation
}

// A Group is a named part of a space.
type Group struct {
	Name  string
	Title string // what the vendor calls it; may be empty
}

// An Alias is another name of a code.
type Alias struct {
	Name  string
	Value Value
}

// A Form says what a code of a space looks like.
type Form struct {
	Length     int    `yaml:"length"`     // how many characters or digits it has; 0 for any number
	Characters string `yaml:"characters"` // ranges of those it may have: "0-9A-Z"; "" for digits
}

// Open says which codes may be answered although the table lacks them.
type Open struct {
	Whole       bool     `yaml:"whole"`        // any
	OtherGroups bool     `yaml:"other_groups"` // any outside of the groups
	Groups      []string `yaml:"groups"`       // any of these groups
	Codes       []Value  `yaml:"codes"`        // these, documented ones with which programs mean something of their own
	Raised      []string `yaml:"raised"`       // any that stands behind one of these words in a text of the program
}

// A Derivation makes a code of one space from a code of another: SQLite's primary code is its
// extended one & 0xff. The zero Derivation makes none.
type Derivation struct {
	From string `yaml:"from"`
	Mask int64  `yaml:"mask"`
}

// Constants is a package with a name for the codes of a space.
type Constants struct {
	Package     string
	PackageName string  // what it calls itself; "" if that is the last element of its path
	Type        string  // the named type of the constants, which the package declares; "" if they are untyped
	Variables   bool    // the names are variables, not constants
	Derived     Gives   // the names are Prefix and the code's name or condition, but for Named and Without; "" if Named has all
	Prefix      string  // what stands before it
	Begin       string  // what all names begin with
	Without     []Value // documented codes that the package has no name for
	Named       []Named // names that cannot be derived, by value and name
}

// A Named is a name for a code in a package of constants.
type Named struct {
	Name  string
	Value Value
}

// A Code is a documented code of a space.
type Code struct {
	Value       Value
	Name, Group string
	Condition   string // another text of the same code, such as unique_violation
	Retry       Class
	Scope       Scope // what has to be called again; empty if it is permanent
	Meaning     string
}

// A Pair joins a code of one space to those of another that stand for the
// same failure.
type Pair struct {
	From  string
	Code  Value
	To    string
	Codes []Value
}

// A Set says which codes have to be retried as well where one is. It speaks of values compared
// in its space: a set of extended codes does not hold where the primary ones are compared.
type Set struct {
	Name  string  `yaml:"name"`
	Space string  `yaml:"space"`
	First Value   `yaml:"first"`
	Owes  []Value `yaml:"owes"`
	Why   string  `yaml:"why"` // a clause for messages
}

// A Dialect is a server or driver that answers otherwise. Any of its signs shows it.
type Dialect struct {
	Name    string   `yaml:"name"` // as a flag writes it
	Title   string   `yaml:"title"`
	Imports []string `yaml:"imports"` // the import of such a package, or of one below
	Space   string   `yaml:"space"`
	Codes   []Value  `yaml:"codes"`   // a name or literal for one of these
	Removes []string `yaml:"removes"` // the sets that do not hold
}

// A Check is a check that speaks for the API.
type Check struct {
	Name     string
	Variants []Variant // what of it; all that [Variants] lists for it if the file says none
}

// Origins says where codes enter a Go program.
type Origins struct {
	SDK                         []SDK
	CodeSpace                   string   // the space of the body's code
	CodeField                   string   // its JSON name
	Beside                      []string // JSON names of the message fields that stand beside it
	StatusSpace                 string   // the space of the HTTP status
	StatusFields, StatusMethods []string // PKG.TYPE.NAME
}

// An SDK is a client library of the vendor.
type SDK struct {
	Path string // module path without its major version
}

// Retryable reports whether a call that failed with c may succeed later. Of an [Unsure] code
// that is not known.
func (c Code) Retryable() bool { return c.Retry != Permanent && c.Retry != Unsure }

// String returns the code and the name: "1008 (RateLimited)".
func (c Code) String() string { return fmt.Sprintf("%v (%s)", c.Value, c.Name) }

// Brief returns the first part of the meaning, short enough for a message.
func (c Code) Brief() string {
	brief, _, _ := strings.Cut(c.Meaning, ";")
	brief, _, _ = strings.Cut(brief, " (")
	return brief
}

// Find returns the documented code v, which may be a success value.
func (s *Space) Find(v Value) (Code, bool) {
	i, ok := slices.BinarySearchFunc(s.Codes, v, func(c Code, v Value) int { return c.Value.Compare(v) })
	if !ok {
		return Code{}, false
	}
	return s.Codes[i], true
}

// Succeeds reports whether v is a success value of s.
func (s *Space) Succeeds(v Value) bool { return slices.Contains(s.Success, v) }

// Constant returns the name of c in the first of the packages in s.Constants that has one.
func (s *Space) Constant(c Code) (pkg, name string, ok bool) {
	for i := range s.Constants {
		if name, ok := s.Constants[i].NameOf(c); ok {
			return s.Constants[i].Package, name, true
		}
	}
	return "", "", false
}

// Offers reports whether the package of that import path is one of those in s.Constants.
func (s *Space) Offers(pkg string) bool {
	return slices.ContainsFunc(s.Constants, func(k Constants) bool { return k.Package == pkg })
}

// Space returns the space of that name.
func (c *Catalog) Space(name string) (*Space, bool) {
	if i := c.Index(name); i >= 0 {
		return c.Spaces[i], true
	}
	return nil, false
}

// Index returns the place of the named space in c.Spaces, or -1.
func (c *Catalog) Index(name string) int {
	return slices.IndexFunc(c.Spaces, func(s *Space) bool { return s.Name == name })
}

// Twins returns the codes of the other spaces that stand for the same failure as v in
// space, by value.
func (c *Catalog) Twins(space *Space, v Value) []Code {
	var twins []Code
	add := func(name string, v Value) {
		if s, ok := c.Space(name); ok {
			if code, ok := s.Find(v); ok && !slices.Contains(twins, code) {
				twins = append(twins, code)
			}
		}
	}
	for _, p := range c.Pairs {
		if p.From == space.Name && p.Code == v {
			for _, to := range p.Codes {
				add(p.To, to)
			}
		}
		if p.To == space.Name && slices.Contains(p.Codes, v) {
			add(p.From, p.Code)
		}
	}
	slices.SortFunc(twins, func(a, b Code) int { return a.Value.Compare(b.Value) })
	return twins
}

// Advice returns what to do about a code of class k.
func (c *Catalog) Advice(k Class) string {
	if k, ok := c.Class(k); ok {
		return k.Advice
	}
	return c.PermanentAdvice
}
