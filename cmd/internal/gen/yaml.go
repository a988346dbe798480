package gen

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A node is a part of a YAML or JSON document: a scalar, a list or a mapping.
type node struct {
	line    int
	text    string // of a scalar
	integer bool   // the scalar is an integer without quotes
	other   bool   // it is null, true, false or another number
	list    []*node
	keys    []*node // of a mapping, beside list
	mapping bool
}

// get returns the value of a key, or nil.
func (n *node) get(keys ...string) *node {
	if n == nil || !n.mapping {
		return nil
	}
	for _, want := range keys {
		for i, k := range n.keys {
			if k.text == want {
				return n.list[i]
			}
		}
	}
	return nil
}

// scalar returns the text of a scalar, or "".
func (n *node) scalar() string {
	if n == nil || n.mapping || n.list != nil {
		return ""
	}
	return n.text
}

// parseYAML reads a document. JSON is YAML but for its tabs.
func (t *table) parseYAML(data []byte) (*node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if i := invalid(data); i >= 0 {
		return nil, t.errorf(1+bytes.Count(data[:i], []byte("\n")), "this is no UTF-8; save the document in that encoding")
	}
	if strings.EqualFold(filepath.Ext(t.file), ".json") {
		var syntax *json.SyntaxError
		if err := json.Unmarshal(data, new(json.RawMessage)); errors.As(err, &syntax) {
			return nil, t.errorf(1+bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n")), "this is no JSON: %v", syntax)
		}
		data = bytes.ReplaceAll(data, []byte("\t"), []byte(" "))
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		line, message := 1, err.Error()
		var e yaml.Error
		if errors.As(err, &e) {
			message = e.GetMessage()
			if tok := e.GetToken(); tok != nil && tok.Position != nil {
				line = tok.Position.Line
			}
		}
		return nil, t.errorf(line, "%s", strings.ReplaceAll(message, "\n", " "))
	}
	for _, d := range file.Docs {
		if d.Body != nil {
			return (&converter{anchors: make(map[string]*node)}).node(d.Body), nil
		}
	}
	return nil, t.errorf(1, "the document is empty")
}

// A converter makes nodes of the library's ones. An alias is the very node of its anchor.
type converter struct{ anchors map[string]*node }

func (c *converter) node(from ast.Node) *node {
	if from == nil {
		return &node{other: true}
	}
	out := &node{}
	if tok := from.GetToken(); tok != nil && tok.Position != nil {
		out.line = tok.Position.Line
	}
	switch from := from.(type) {
	case *ast.AnchorNode:
		value := c.node(from.Value)
		c.anchors[from.Name.String()] = value
		return value
	case *ast.AliasNode:
		if value, ok := c.anchors[from.Value.String()]; ok {
			return value
		}
		out.other = true
	case *ast.TagNode:
		return c.node(from.Value)
	case *ast.MappingNode:
		out.mapping = true
		if len(from.Values) > 0 {
			out.line = c.node(from.Values[0].Key).line
		}
		for _, v := range from.Values {
			c.pair(out, v)
		}
	case *ast.MappingValueNode:
		out.mapping = true
		out.line = c.node(from.Key).line
		c.pair(out, from)
	case *ast.SequenceNode:
		out.list = []*node{}
		for _, v := range from.Values {
			out.list = append(out.list, c.node(v))
		}
	case *ast.StringNode:
		out.text = from.Value
	case *ast.LiteralNode:
		out.text = from.Value.Value
	case *ast.IntegerNode:
		out.text, out.integer = from.Token.Value, true
	default:
		out.text, out.other = from.String(), true
	}
	return out
}

func (c *converter) pair(to *node, from *ast.MappingValueNode) {
	to.keys = append(to.keys, c.node(from.Key))
	to.list = append(to.list, c.node(from.Value))
}
