// Package cmdline reads the arguments of a command of retcode. It knows what a wrong use is; it
// never knows what a command does.
package cmdline

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"

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
			return nil, Errorf("%s%s", err, suggestion(fs, err))
		}
		if fs.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, fs.Arg(0)), fs.Args()[1:]
	}
}

// suggestion returns "; did you mean -X?" for a misspelt flag, or "".
func suggestion(fs *flag.FlagSet, err error) string {
	m := unknownFlag.FindStringSubmatch(err.Error())
	if m == nil {
		return ""
	}
	var known []string
	fs.VisitAll(func(f *flag.Flag) { known = append(known, "-"+f.Name) })
	return near.Suffix("-"+m[1], known)
}
