package fact

import "github.com/go-retcode/retcode/analyzer/catalog"

// Constants is the fact of the configured package of constants, and of every
// package that imports it over any number of steps: what that package exports.
// No driver shows a package the constants of one that it does not import.
type Constants struct {
	Path, Name string
	List       []Constant // by name
}

// Constant is an untyped constant that a code may be.
type Constant struct {
	Name  string
	Value catalog.Value
	Space string // the space that a directive gives it, or ""
}

// AFact marks Constants as a fact.
func (*Constants) AFact() {}

// String names the package, for the driver's debug output.
func (c *Constants) String() string { return "constants(" + c.Path + ")" }
