package gen

import (
	"slices"
	"strings"

	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// read reads the codes of a file.
func read(o *options, data []byte) (*table, error) {
	switch o.form {
	case ofProto:
		return readProto(o, data)
	case ofOpenAPI:
		return readOpenAPI(o, data)
	}
	return readSheet(o, data)
}

// choose returns which of the named things of a source is meant: the one of that name, or of
// that last part of a name, or the only one.
func (t *table) choose(asked, what, many string, names []string) (int, error) {
	if len(names) == 0 {
		return 0, t.errorf(1, "there is no %s here", what)
	}
	shown := strings.Join(names[:min(len(names), 12)], ", ")
	if len(names) > 12 {
		shown += ", …"
	}
	if asked == "" {
		if len(names) > 1 {
			return 0, cmdline.Errorf("%s has %d %s; choose one with -type: %s", t.file, len(names), many, shown)
		}
		return 0, nil
	}
	var found []int
	for i, n := range names {
		if n == asked {
			return i, nil
		}
		if strings.HasSuffix(n, "."+asked) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return 0, cmdline.Errorf("-type %s: %s has no such %s%s; it has %s", asked, t.file, what, near.Suffix(asked, slices.Clone(names)), shown)
	}
	return 0, cmdline.Errorf("-type %s: %s has %s and %s; write the whole name", asked, t.file, names[found[0]], names[found[1]])
}
