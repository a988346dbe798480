package catalog

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Embedded returns RongCloud's catalog, generated from its data file. Callers share it and
// must not change it.
func Embedded() *Catalog { return &embedded }

// The data file as it is written.
type (
	file struct {
		Format           number      `yaml:"format"`
		Name             string      `yaml:"name"`
		Title            string      `yaml:"title"`
		URL              string      `yaml:"url"`
		ConstantsPackage string      `yaml:"constants_package"`
		Classes          []fileClass `yaml:"classes"`
		Permanent        string      `yaml:"permanent"`
		Spaces           []fileSpace `yaml:"spaces"`
		Pairs            []filePair  `yaml:"pairs"`
		Evidence         struct {
			Hosts    []string   `yaml:"hosts"`
			Headers  [][]string `yaml:"headers"`
			Suffixes []string   `yaml:"suffixes"`
			Paths    []string   `yaml:"paths"`
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
	}
	fileClass struct {
		Name   string `yaml:"name"`
		Advice string `yaml:"advice"`
	}
	fileSpace struct {
		Name      string `yaml:"name"`
		Noun      string `yaml:"noun"`
		Kind      string `yaml:"kind"`
		Constants struct {
			Package string   `yaml:"package"`
			Prefix  string   `yaml:"prefix"`
			Without []number `yaml:"without"`
		} `yaml:"constants"`
		Success []number   `yaml:"success"`
		Groups  []string   `yaml:"groups"`
		Codes   []fileCode `yaml:"codes"`
	}
	fileCode struct {
		Code    number `yaml:"code"`
		Name    string `yaml:"name"`
		Group   string `yaml:"group"`
		Retry   string `yaml:"retry"`
		Meaning string `yaml:"meaning"`
	}
	filePair struct {
		From  string   `yaml:"from"`
		Code  number   `yaml:"code"`
		To    string   `yaml:"to"`
		Codes []number `yaml:"codes"`
	}
)

// Parse reads a catalog from a data file. Its errors, joined, name the file and
// line of each fault and how to mend it.
func Parse(name string, data []byte) (*Catalog, error) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, syntaxError(name, err)
	}
	tree.Docs = slices.DeleteFunc(tree.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	if n := len(tree.Docs); n != 1 {
		return nil, fmt.Errorf("%s: has %d YAML documents; write exactly one catalog in a file", name, n)
	}
	if err := plain(name, tree.Docs[0].Body); err != nil {
		return nil, err
	}
	var f file
	if err := yaml.NodeToValue(tree.Docs[0].Body, &f, yaml.Strict()); err != nil {
		return nil, syntaxError(name, err)
	}
	v := &validator{name: name, tree: tree}
	v.file(&f)
	if len(v.errs) > 0 {
		return nil, errors.Join(v.errs...)
	}
	return f.catalog(), nil
}

// plain refuses what no catalog needs and what makes the library panic or
// a small file large.
func plain(name string, body ast.Node) error {
	var found plainVisitor
	ast.Walk(&found, body)
	if found.node == nil {
		return nil
	}
	return fmt.Errorf("%s:%d: a catalog has no anchors, aliases, tags and merge keys; write the value out", name, firstLine(found.node))
}

// A plainVisitor finds the first node that is not plain.
type plainVisitor struct{ node ast.Node }

func (v *plainVisitor) Visit(node ast.Node) ast.Visitor {
	switch node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		if v.node == nil {
			v.node = node
		}
		return nil
	}
	return v
}

// A number is an integer of the data file. The library would take "1008" and
// 1008.5 for one.
type number int

func (n *number) UnmarshalYAML(node ast.Node) error {
	if i, ok := node.(*ast.IntegerNode); ok {
		if v, ok := i.Value.(uint64); ok && v <= math.MaxInt32 {
			*n = number(v)
			return nil
		}
	}
	return &numberError{line: firstLine(node), text: node.String()}
}

type numberError struct {
	line int
	text string
}

func (e *numberError) Error() string {
	return fmt.Sprintf("%d: %s is no code; write a plain number above 0", e.line, e.text)
}

func ints(numbers []number) []int {
	var out []int
	for _, n := range numbers {
		out = append(out, int(n))
	}
	return out
}

// syntaxError gives an error of the YAML library the form of ours.
func syntaxError(name string, err error) error {
	var (
		e        yaml.Error
		number   *numberError
		unknown  *yaml.UnknownFieldError
		mismatch *yaml.TypeError
		node     *yaml.UnexpectedNodeTypeError
		message  string
	)
	if errors.As(err, &number) {
		return fmt.Errorf("%s:%w", name, number)
	}
	if !errors.As(err, &e) {
		return fmt.Errorf("%s: %w", name, err)
	}
	switch {
	case errors.As(err, &unknown):
		message = strings.Replace(unknown.Message, "unknown field", "unknown key", 1) + "; remove it or correct its spelling"
	case errors.As(err, &mismatch):
		message = fmt.Sprintf("a %s is needed here; write one", mismatch.DstType.Kind())
	case errors.As(err, &node):
		message = fmt.Sprintf("a %s is needed here, not a %s; write one", node.Expected.YAMLName(), node.Actual.YAMLName())
	default:
		message = strings.TrimSpace(e.GetMessage()) + "; correct the YAML here"
	}
	if tok := e.GetToken(); tok != nil && tok.Position != nil {
		return fmt.Errorf("%s:%d: %s", name, tok.Position.Line, message)
	}
	return fmt.Errorf("%s: %s", name, message)
}

// catalog returns the catalog that a valid file describes.
func (f *file) catalog() *Catalog {
	c := &Catalog{
		Name: f.Name, Title: f.Title, URL: f.URL,
		PermanentAdvice:  f.Permanent,
		ConstantsPackage: f.ConstantsPackage,
		Evidence: Evidence{
			Hosts:      f.Evidence.Hosts,
			Paths:      f.Evidence.Paths,
			Suffixes:   f.Evidence.Suffixes,
			Headers:    slices.Concat(f.Evidence.Headers...),
			HeaderSets: f.Evidence.Headers,
		},
		Origins: Origins{
			CodeSpace:     f.Origins.Body.Space,
			CodeField:     f.Origins.Body.Field,
			Beside:        f.Origins.Body.Beside,
			StatusSpace:   f.Origins.Status.Space,
			StatusFields:  f.Origins.Status.Fields,
			StatusMethods: f.Origins.Status.Methods,
		},
	}
	for _, path := range f.Origins.SDK {
		c.Origins.SDK = append(c.Origins.SDK, SDK{Path: path})
	}
	for _, k := range f.Classes {
		c.Classes = append(c.Classes, ClassInfo{Name: Class(k.Name), Advice: k.Advice})
	}
	for _, s := range f.Spaces {
		space := &Space{
			Name: s.Name, Noun: s.Noun, Kind: s.Kind,
			Constants:       s.Constants.Package,
			ConstantPrefix:  s.Constants.Prefix,
			WithoutConstant: ints(s.Constants.Without),
			Success:         ints(s.Success),
			Groups:          s.Groups,
		}
		for _, k := range s.Codes {
			space.Codes = append(space.Codes, Code{
				Number: int(k.Code), Name: k.Name, Group: k.Group, Retry: Class(k.Retry), Meaning: k.Meaning,
			})
		}
		c.Spaces = append(c.Spaces, space)
	}
	for _, p := range f.Pairs {
		c.Pairs = append(c.Pairs, Pair{From: p.From, Code: int(p.Code), To: p.To, Codes: ints(p.Codes)})
	}
	return c
}
