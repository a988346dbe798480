package fact

import (
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// APIs is the fact of every package that declares an API of its own by directives, and of
// every one that imports such a package over any number of steps: what those declare.
// No driver shows a package the facts of one that it does not import.
type APIs struct {
	List []API // by path
}

// AFact marks APIs as a fact.
func (*APIs) AFact() {}

// String lists the packages, for the driver's debug output.
func (a *APIs) String() string {
	var paths []string
	for _, api := range a.List {
		paths = append(paths, api.Path)
	}
	return "apis(" + strings.Join(paths, " ") + ")"
}

// Add adds an API, unless the package is there already.
func (a *APIs) Add(api API) {
	i, ok := slices.BinarySearchFunc(a.List, api.Path, func(a API, path string) int { return strings.Compare(a.Path, path) })
	if !ok {
		a.List = slices.Insert(a.List, i, api)
	}
}

// API is what the directives of one package declare.
type API struct {
	Path, Name   string // the package
	Spaces       []APISpace
	Hosts, Paths []string   // evidence
	CodeField    string     // the JSON name of the code in an answer
	Beside       []string   // those of the texts beside it
	Fields       []APIField // fields of other packages that hold a code
}

// APISpace is one table of codes.
type APISpace struct {
	Name, Noun string
	Type       string // the named type of the codes, or "" if they have none
	Kind       catalog.Kind
	Open       bool
	Success    []catalog.Value
	Codes      []APICode // by value
	Sets       []APISet  // by first
}

// APICode is a code and the names of its constants.
type APICode struct {
	Value   catalog.Value
	Name    string // the constant, or what stands for a code without one
	Aliases []string
	Unnamed bool // there is no constant
	Group   string
	Retry   catalog.Class
	Meaning string
}

// APISet says that who retries First owes the others.
type APISet struct {
	First catalog.Value
	Owes  []catalog.Value
}

// APIField is a field of another package that holds codes of a space.
type APIField struct {
	Path, Type, Field string
	Space             string
}
