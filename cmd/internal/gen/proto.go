package gen

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"text/scanner"

	"github.com/emicklei/proto"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// An enum is one of the file, with its full name.
type enum struct {
	name string
	*proto.Enum
}

// protoPlace is how the parser begins an error: the name of the file, line and column.
var protoPlace = regexp.MustCompile(`^(?:[^:]*:)?(\d+):\d+: (.*)$`)

// readProto reads an enum of a protobuf file.
func readProto(o *options, data []byte) (*table, error) {
	t := &table{file: o.source, kind: catalog.IntKind}
	file, err := proto.NewParser(bytes.NewReader(data)).Parse()
	if err != nil {
		line, message := 1, err.Error()
		if m := protoPlace.FindStringSubmatch(message); m != nil {
			line, _ = strconv.Atoi(m[1])
			message = m[2]
		}
		return nil, t.errorf(line, "%s", message)
	}
	var enums []enum
	gather(file.Elements, "", &enums)
	var names []string
	for _, e := range enums {
		names = append(names, e.name)
	}
	i, err := t.choose(o.typ, "enum", "enums", names)
	if err != nil {
		return nil, err
	}
	e := enums[i]
	t.name = e.name
	var retry, group string // of all values that do not say it
	if e.Comment != nil {
		t.doc, retry, group = said(e.Comment.Lines)
	}
	for _, el := range e.Elements {
		switch el := el.(type) {
		case *proto.Option:
			if el.Name == "allow_alias" {
				t.aliases = el.Constant.Source == "true"
			}
		case *proto.EnumField:
			r := protoRow(el)
			r.retry, r.group = firstOf(r.retry, retry), firstOf(r.group, group)
			t.rows = append(t.rows, r)
		}
	}
	if len(t.rows) == 0 {
		return nil, t.errorf(e.Position.Line, "the enum %s has no values", e.name)
	}
	return t, nil
}

// gather finds enums, also those within messages.
func gather(elements []proto.Visitee, outer string, to *[]enum) {
	for _, el := range elements {
		switch el := el.(type) {
		case *proto.Enum:
			*to = append(*to, enum{outer + el.Name, el})
		case *proto.Message:
			gather(el.Elements, outer+el.Name+".", to)
		}
	}
}

// protoRow reads one value. Its class and group stand in its comment, as in Go, or in options
// whose names end in retry and group.
func protoRow(f *proto.EnumField) row {
	r := row{line: lineOf(f.Position), written: f.Name, value: catalog.IntValue(int64(f.Integer))}
	for _, c := range []*proto.Comment{f.Comment, f.InlineComment} {
		if c == nil {
			continue
		}
		meaning, retry, group := said(c.Lines)
		r.meaning, r.retry, r.group = firstOf(r.meaning, meaning), firstOf(r.retry, retry), firstOf(r.group, group)
	}
	for _, el := range f.Elements {
		opt, ok := el.(*proto.Option)
		if !ok || !opt.Constant.IsString {
			continue
		}
		switch name := strings.Trim(opt.Name, "()"); name[strings.LastIndex(name, ".")+1:] {
		case "retry":
			r.retry = opt.Constant.Source
		case "group":
			r.group = opt.Constant.Source
		}
	}
	return r
}

func lineOf(p scanner.Position) int { return p.Line }

// said splits a comment into what it says to people and what to retcode.
func said(lines []string) (meaning, retry, group string) {
	var rest []string
	for _, line := range lines {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "*"))
		if word, ok := strings.CutPrefix(line, "retcode:retry "); ok {
			retry = strings.TrimSpace(word)
		} else if word, ok := strings.CutPrefix(line, "retcode:group "); ok {
			group = strings.TrimSpace(word)
		} else {
			rest = append(rest, line)
		}
	}
	return text(strings.Join(rest, "\n")), retry, group
}
