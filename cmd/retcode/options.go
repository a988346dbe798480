package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
)

// options are the flags of a check, read.
type options struct {
	flags    *flag.FlagSet
	analyzer *analysis.Analyzer
	patterns []string
	dir      string                    // to load in, "" for the current one
	loaded   func([]*packages.Package) // is told what was loaded, or nil
	told     map[string]bool           // what was said of code that does not compile

	json, fix, diff, tests bool
	context                int
	tags                   string
	version                string
	driver                 bool // a flag asks for x/tools' driver: to measure, or as the go command does
}

// newOptions returns the options with their defaults. What has no usage is not shown: flags
// that are there for the go command, for old scripts of vet, and for profiling.
func newOptions() (*options, error) {
	a, err := analyzer.New(analyzer.Config{})
	if err != nil {
		return nil, err
	}
	o := &options{analyzer: a, told: make(map[string]bool), flags: flag.NewFlagSet("retcode", flag.ContinueOnError)}
	fs := o.flags
	fs.SetOutput(io.Discard)
	a.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, f.Name, f.Usage) })
	fs.BoolVar(&o.json, "json", false, "print findings as JSON; the exit code is then 0")
	fs.BoolVar(&o.fix, "fix", false, "apply the fixes, and report what is left")
	fs.BoolVar(&o.diff, "diff", false, "with -fix: show the changes instead of making them")
	fs.BoolVar(&o.tests, "test", true, "load test files, too; see -include-tests for findings there")
	fs.IntVar(&o.context, "c", -1, "show the line of each finding and this many `lines` around it")
	fs.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	fs.Var(versionFlag{&o.version}, "V", "")
	for _, name := range []string{"source", "v", "all", "flags"} {
		fs.Bool(name, false, "")
	}
	for _, name := range []string{"debug", "cpuprofile", "memprofile", "trace"} {
		fs.String(name, "", "")
	}
	return o, nil
}

// versionFlag is -V, and -V=full as the go command has it.
type versionFlag struct{ value *string }

func (versionFlag) IsBoolFlag() bool { return true }
func (f versionFlag) String() string { return "" }
func (f versionFlag) Set(s string) error {
	if *f.value = s; s != "full" && s != "true" {
		return errors.New("write -V or -V=full")
	}
	return nil
}

var wrongValue = regexp.MustCompile(`^invalid (?:boolean )?value ".*" for (?:flag )?-(\S+): (.*)$`)

// parseOptions reads the arguments. The error is one line.
func parseOptions(args []string) (*options, error) {
	o, err := newOptions()
	if err != nil {
		return nil, err
	}
	if err := o.flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil, err
	} else if err != nil {
		message, _, _ := strings.Cut(err.Error(), "\n")
		if name, suggestion, ok := cmdline.Unknown(o.flags, err); ok {
			if _, ok := commandOf([]string{name}); ok {
				return nil, fmt.Errorf("there is no flag -%s; write retcode %[1]s", name)
			}
			return nil, fmt.Errorf("there is no flag -%s%s; retcode help lists them", name, suggestion)
		}
		// The analyzer's own flags say what is wrong with a value.
		if m := wrongValue.FindStringSubmatch(message); m != nil && o.analyzer.Flags.Lookup(m[1]) != nil {
			message = "-" + m[1] + ": " + m[2]
		}
		return nil, errors.New(message)
	}
	o.patterns = o.flags.Args()
	if o.diff && !o.fix {
		return nil, errors.New("-diff shows what -fix would change; write -fix -diff")
	}
	o.flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "debug", "cpuprofile", "memprofile", "trace", "flags":
			o.driver = true
		}
	})
	o.driver = o.driver || o.version == "full"
	return o, nil
}

// value is the value of one of the analyzer's flags, as it was given.
func (o *options) value(name string) string {
	if f := o.analyzer.Flags.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}
