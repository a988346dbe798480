// Package cmdline reads the arguments of a command of retcode. It knows what a wrong use is; it
// never knows what a command does.
package cmdline

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/cmd/internal/near"
)

// An Error is a wrong use of a command, as opposed to an answer that it cannot give.
type Error struct{ message string }

func (e *Error) Error() string { return e.message }

// Errorf returns an [*Error].
func Errorf(format string, args ...any) error {
	return &Error{fmt.Sprintf(format, args...)}
}

var unknownFlag = regexp.MustCompile(`^flag provided but not defined: -(\S+)$`)

// Parse reads flags that stand before, between and behind other arguments, and returns
// those. The error is [flag.ErrHelp] or an [*Error] of one line.
func Parse(fs *flag.FlagSet, args []string) ([]string, error) {
	fs.SetOutput(io.Discard)
	var rest []string
	for {
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			if name, suggestion, ok := Unknown(fs, err); ok {
				return nil, Errorf("there is no flag -%s%s", name, suggestion)
			}
			return nil, Errorf("%v", Clear(err))
		}
		if fs.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, fs.Arg(0)), fs.Args()[1:]
	}
}

// Unknown reports whether err says that fs has no such flag, and returns its name and
// "; did you mean -X?", or "" if it is like none.
func Unknown(fs *flag.FlagSet, err error) (name, suggestion string, ok bool) {
	m := unknownFlag.FindStringSubmatch(err.Error())
	if m == nil {
		return "", "", false
	}
	var known []string
	fs.VisitAll(func(f *flag.Flag) { known = append(known, "-"+f.Name) })
	return m[1], near.Suffix("-"+m[1], known), true
}

var wrongWord = regexp.MustCompile(`^invalid (boolean )?value (".*") for (?:flag )?-(\S+): parse error$`)

// Clear returns the error of a flag set for a word that is no number, or neither true nor false,
// in words that say so; any other stays as it is.
func Clear(err error) error {
	m := wrongWord.FindStringSubmatch(err.Error())
	switch {
	case m == nil:
		return err
	case m[1] == "":
		return fmt.Errorf("-%s: %s is no whole number", m[3], m[2])
	}
	return fmt.Errorf("-%s: %s is neither true nor false", m[3], m[2])
}

// Behind returns an error if flags stand behind the arguments of a command that wants them first:
// the line to write instead. args are those that fs has parsed, and what are the arguments. The
// error is that of fs for a flag that it does not have.
func Behind(fs *flag.FlagSet, command, what string, args []string) error {
	first := len(args) - fs.NArg()
	if first > 0 && args[first-1] == "--" {
		return nil
	}
	line, rest := append([]string{command}, args[:first]...), []string(nil)
	words := args[first:]
	for len(words) > 0 && words[0] != "--" {
		n := 1
		if name, isFlag := strings.CutPrefix(words[0], "-"); !isFlag || name == "" {
			rest = append(rest, words[0])
		} else {
			name, _, assigned := strings.Cut(strings.TrimPrefix(name, "-"), "=")
			f := fs.Lookup(name)
			if f == nil {
				return fs.Parse(words)
			}
			if b, ok := f.Value.(interface{ IsBoolFlag() bool }); !assigned && !(ok && b.IsBoolFlag()) {
				n = min(2, len(words))
			}
			line = append(line, words[:n]...)
		}
		words = words[n:]
	}
	if len(line) == 1+first {
		return nil
	}
	return fmt.Errorf("flags stand before the %s: %s", what, Line(slices.Concat(line, rest, words)...))
}

// Line writes words as a shell reads them.
func Line(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		if quoted[i] = w; i > 0 && (w == "" || strings.ContainsAny(w, " \t\n'\"`$&|;<>()*?[]{}\\!#~^")) {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}
