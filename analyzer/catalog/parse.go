package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
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
	if err := decode(tree.Docs[0].Body, &f); err != nil {
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

// decode reads a node into out, as strictly as Parse.
func decode(node ast.Node, out any) error { return yaml.NodeToValue(node, out, yaml.Strict()) }

// syntaxError gives an error of the YAML library, which repeats the file's line breaks, our form.
func syntaxError(name string, err error) error {
	var (
		e        yaml.Error
		value    *valueError
		shape    *shapeError
		unknown  *yaml.UnknownFieldError
		mismatch *yaml.TypeError
		node     *yaml.UnexpectedNodeTypeError
		message  string
	)
	switch {
	case errors.As(err, &value):
		return fmt.Errorf("%s:%w", name, value)
	case errors.As(err, &shape):
		return fmt.Errorf("%s:%w", name, shape)
	case !errors.As(err, &e):
		return fmt.Errorf("%s: %w", name, err)
	case errors.As(err, &unknown):
		message = strings.Replace(unknown.Message, "unknown field", "unknown key", 1) + "; remove it or correct its spelling"
	case errors.As(err, &mismatch):
		message = fmt.Sprintf("a %s is needed here; write one", mismatch.DstType.Kind())
	case errors.As(err, &node):
		message = fmt.Sprintf("a %s is needed here, not a %s; write one", node.Expected.YAMLName(), node.Actual.YAMLName())
	default:
		message = e.GetMessage() + "; correct the YAML here"
	}
	message = strings.Join(strings.Fields(message), " ")
	if tok := e.GetToken(); tok != nil && tok.Position != nil {
		return fmt.Errorf("%s:%d: %s", name, tok.Position.Line, message)
	}
	return fmt.Errorf("%s: %s", name, message)
}
