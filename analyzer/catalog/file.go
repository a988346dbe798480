package catalog

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// The data file as it is written, where that differs from what it becomes.
type (
	file struct {
		Format           int         `yaml:"format"`
		Name             string      `yaml:"name"`
		Title            string      `yaml:"title"`
		URL              string      `yaml:"url"`
		Nature           Nature      `yaml:"nature"`
		Take             string      `yaml:"take"`
		ConstantsPackage string      `yaml:"constants_package"`
		Packages         []string    `yaml:"packages"`
		Checks           []fileCheck `yaml:"checks"`
		Classes          []fileClass `yaml:"classes"`
		Permanent        string      `yaml:"permanent"`
		Spaces           []fileSpace `yaml:"spaces"`
		Pairs            []filePair  `yaml:"pairs"`
		Sets             []Set       `yaml:"sets"`
		Dialects         []Dialect   `yaml:"dialects"`
		Evidence         struct {
			Hosts        []string   `yaml:"hosts"`
			Headers      [][]string `yaml:"headers"`
			HeaderPrefix string     `yaml:"header_prefix"`
			Suffixes     []string   `yaml:"suffixes"`
			Paths        []string   `yaml:"paths"`
		} `yaml:"evidence"`
		Origins struct {
			SDK  []string `yaml:"sdk"`
			Body struct {
				Space  string   `yaml:"space"`
				Field  string   `yaml:"field"`
				Beside []string `yaml:"beside"`
			} `yaml:"body"`
			Status struct {
				Space   string   `yaml:"space"`
				Fields  []string `yaml:"fields"`
				Methods []string `yaml:"methods"`
			} `yaml:"status"`
		} `yaml:"origins"`
		Carriers     Carriers     `yaml:"carriers"`
		Markers      []fileMarker `yaml:"markers"`
		Prose        []Prose      `yaml:"prose"`
		Drivers      []Driver     `yaml:"drivers"`
		Transactions Transactions `yaml:"transactions"`
		Retriers     []Retrier    `yaml:"retriers"`
	}
	fileClass struct {
		Name     string `yaml:"name"`
		Advice   string `yaml:"advice"`
		Scope    Scope  `yaml:"scope"`
		Pause    bool   `yaml:"pause"`
		Required bool   `yaml:"required"`
	}
	fileSpace struct {
		Name        string          `yaml:"name"`
		Noun        string          `yaml:"noun"`
		Article     string          `yaml:"article"`
		Kind        string          `yaml:"kind"`
		Form        Form            `yaml:"form"`
		Constants   []fileConstants `yaml:"constants"`
		Success     []Value         `yaml:"success"`
		Groups      []fileGroup     `yaml:"groups"`
		GroupLength int             `yaml:"group_length"`
		General     string          `yaml:"general"`
		Open        Open            `yaml:"open"`
		Derived     Derivation      `yaml:"derived"`
		Codes       []fileCode      `yaml:"codes"`
	}
	fileConstants struct {
		Package   string      `yaml:"package"`
		Variables bool        `yaml:"variables"`
		Derived   Gives       `yaml:"derived"`
		Prefix    string      `yaml:"prefix"`
		Begin     string      `yaml:"begin"`
		Without   []Value     `yaml:"without"`
		Names     []fileNamed `yaml:"names"`
	}
	fileCode struct {
		Code      Value    `yaml:"code"`
		Name      string   `yaml:"name"`
		Condition string   `yaml:"condition"`
		Group     string   `yaml:"group"`
		Retry     string   `yaml:"retry"`
		Scope     Scope    `yaml:"scope"`
		Meaning   string   `yaml:"meaning"`
		Aliases   []string `yaml:"aliases"`
	}
	filePair struct {
		From  string  `yaml:"from"`
		Code  Value   `yaml:"code"`
		To    string  `yaml:"to"`
		Codes []Value `yaml:"codes"`
	}
	fileMarker struct {
		Form  string `yaml:"form"`
		Space string `yaml:"space"`
	}
)

// A fileGroup is a name, or {name, title}.
type fileGroup struct {
	Name  string `yaml:"name"`
	Title string `yaml:"title"`
}

// A fileNamed is {NAME: value}, with one name.
type fileNamed struct {
	Name  string
	Value Value
}

// A fileCheck is the name of a check, or {NAME: [variant, …]}.
type fileCheck struct {
	Name     string
	Variants []Variant
}

func (g *fileGroup) UnmarshalYAML(node ast.Node) error {
	switch n := node.(type) {
	case *ast.StringNode:
		g.Name = n.Value
		return nil
	case *ast.MappingNode:
		type plain fileGroup
		return decode(n, (*plain)(g))
	}
	return &shapeError{firstLine(node), "a group is a name, or {name, title}"}
}

func (c *fileCheck) UnmarshalYAML(node ast.Node) error {
	switch n := node.(type) {
	case *ast.StringNode:
		c.Name = n.Value
		return nil
	case *ast.MappingNode:
		if len(n.Values) == 1 {
			c.Name = n.Values[0].Key.String()
			return decode(n.Values[0].Value, &c.Variants)
		}
	}
	return &shapeError{firstLine(node), "a check is a name, or {NAME: [variant]}"}
}

func (c *fileNamed) UnmarshalYAML(node ast.Node) error {
	if n, ok := node.(*ast.MappingNode); ok && len(n.Values) == 1 {
		c.Name = n.Values[0].Key.String()
		return c.Value.UnmarshalYAML(n.Values[0].Value)
	}
	return &shapeError{firstLine(node), "a name of a constant is {NAME: value}"}
}

// A shapeError is a value that is neither of the forms that it may have.
type shapeError struct {
	line int
	want string
}

func (e *shapeError) Error() string { return fmt.Sprintf("%d: %s; write one of these", e.line, e.want) }

// parseMarker takes the form of a marker apart.
func parseMarker(form string) (before string, g Gives, after string, ok bool) {
	before, rest, ok1 := strings.Cut(form, "{")
	word, after, ok2 := strings.Cut(rest, "}")
	g = Gives(word)
	ok = ok1 && ok2 && before != "" && (g == GivesCode || g == GivesName || g == GivesCondition) && !strings.ContainsAny(after, "{}")
	return before, g, after, ok
}
