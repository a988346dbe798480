package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/handling"
)

// options are the flags of a check, read.
type options struct {
	flags    *flag.FlagSet
	analyzer *analysis.Analyzer
	patterns []string
	dir      string                    // to load in, "" for the current one
	loaded   func([]*packages.Package) // is told what was loaded, or nil
	told     map[string]bool           // what was said of code that does not compile
	absent   []string                  // what was asked for and is not there

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
	err = o.flags.Parse(args)
	if err == nil {
		o.patterns = o.flags.Args()
		err = o.order(args)
	}
	if errors.Is(err, flag.ErrHelp) {
		return nil, err
	} else if err != nil {
		return nil, o.wrong(args, err)
	}
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

// order returns an error if a command or a flag stands where it is none.
func (o *options) order(args []string) error {
	first := len(args) - len(o.patterns)
	if c, ok := commandOf(o.patterns); ok && args[first-1] != "--" {
		words := slices.Concat([]string{"retcode", c.name}, args[:first], o.patterns[1:])
		return fmt.Errorf("the command stands before its flags: %s", cmdline.Line(words...))
	}
	return cmdline.Behind(o.flags, "retcode", "packages", args)
}

// wrong is the error of a wrong flag, in a line.
func (o *options) wrong(args []string, err error) error {
	message, _, _ := strings.Cut(cmdline.Clear(err).Error(), "\n")
	if name, suggestion, ok := cmdline.Unknown(o.flags, err); ok {
		_, isCommand := commandOf([]string{name})
		line := cmdline.Line(slices.Concat([]string{"retcode", "map"}, args)...)
		switch {
		case isCommand:
			return fmt.Errorf("there is no flag -%s; write retcode %[1]s", name)
		case handling.HasFlag(name) && len(o.patterns) > 0: // behind the packages, where it is wrong for a map, too
			return fmt.Errorf("there is no flag -%s; it is one of retcode map: see retcode help map", name)
		case name == "format":
			return fmt.Errorf("there is no flag -format; -json writes findings as JSON, and retcode map has -format: %s", line)
		case handling.HasFlag(name):
			return fmt.Errorf("there is no flag -%s; it is one of retcode map: %s", name, line)
		}
		return fmt.Errorf("there is no flag -%s%s; retcode help lists them", name, suggestion)
	}
	// The analyzer's own flags say what is wrong with a value.
	if m := wrongValue.FindStringSubmatch(message); m != nil && o.analyzer.Flags.Lookup(m[1]) != nil {
		message = "-" + m[1] + ": " + m[2]
	}
	return errors.New(message)
}

// value is the value of one of the analyzer's flags, as it was given.
func (o *options) value(name string) string {
	if f := o.analyzer.Flags.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}
