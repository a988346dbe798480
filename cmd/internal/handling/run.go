package handling

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/change"
	"github.com/go-retcode/retcode/cmd/internal/handling/graph"
	"github.com/go-retcode/retcode/cmd/internal/handling/page"
	"github.com/go-retcode/retcode/cmd/internal/handling/sarif"
	"github.com/go-retcode/retcode/cmd/internal/handling/table"
)

// A Program is what the command needs of whoever analyses.
type Program struct {
	// Report analyses packages. It returns an error if one cannot be loaded. The
	// files in the report are relative to the folder of the request.
	Report func(context.Context, Request) (report.Report, error)
	// Catalog reads the tables of a catalog file, for -since. It may be nil.
	Catalog func(file string) ([]report.Space, error)
	// Flags adds the analyzer's own flags. It may be nil.
	Flags func(*flag.FlagSet)
	// Version is the tool's.
	Version string
}

// A Request says what to analyse.
type Request struct {
	// Dir is the folder to run in, "" for the current one.
	Dir string
	// Patterns are packages as the go command knows them.
	Patterns []string
	// Progress takes how many packages are done of how many. It may be called
	// concurrently.
	Progress func(done, total int)
}

// The exit codes of Run.
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
)

// Run is the command: it reads args (what follows "map"), writes what they ask for to
// stdout and what went wrong to stderr, and returns the exit code: 0, 1 if the program
// cannot be analysed, 2 if the command line is wrong.
func Run(args []string, stdout, stderr io.Writer, p Program) int {
	o, err := parse(args, stderr, p.Flags)
	switch {
	case errors.Is(err, errHelp):
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "retcode map: %v (see retcode help map)\n", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := &command{ctx: ctx, options: o, program: p, progress: newProgress(stderr), stderr: stderr}
	err = c.run(stdout)
	c.progress.end()
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	if err != nil {
		fmt.Fprintf(stderr, "retcode map: %v\n", err)
		return exitError
	}
	return exitOK
}

// A command is one run of it.
type command struct {
	*options
	ctx      context.Context
	program  Program
	progress *progress
	stderr   io.Writer
	dir      string // "" is the current one
}

// run writes to stdout, or to the file that was asked for once all is known to be well.
func (c *command) run(stdout io.Writer) error {
	if c.out == "" {
		return c.write(stdout)
	}
	var b bytes.Buffer
	if err := c.write(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(c.out), 0o777); err != nil {
		return err
	}
	return os.WriteFile(c.out, b.Bytes(), 0o666)
}

func (c *command) write(w io.Writer) error {
	switch {
	case c.diff != "":
		return c.writeDiff(w)
	case c.since != "":
		return c.writeSince(w)
	}
	r, err := c.analyse("looking", c.dir, c.patterns)
	if err != nil {
		return err
	}
	all := r
	if r, err = c.choose(r); err != nil {
		return err
	}
	c.progress.end()
	if !c.draws() {
		c.warn(c.unmatched(&all))
	}
	switch c.format {
	case "html":
		return page.Write(w, r, page.Options{Source: c.source, Version: c.program.Version})
	case "json":
		return report.Encode(w, r)
	case "sarif":
		return sarif.Write(w, r, sarif.Options{Source: c.source, Version: c.program.Version})
	case "dot", "mermaid":
		if err := cmp.Or(c.unmatched(&all), one(&r, c.pattern)); err != nil {
			return err
		}
		if c.format == "dot" {
			return graph.Dot(w, r)
		}
		return graph.Mermaid(w, r)
	}
	return table.Write(w, r, c.table(w))
}

// warn says what hinders nothing, if there is something to say.
func (c *command) warn(err error) {
	if err != nil {
		fmt.Fprintf(c.stderr, "retcode map: %v\n", err)
	}
}

func (c *command) analyse(what, dir string, patterns []string) (report.Report, error) {
	c.progress.doing(what)
	r, err := c.program.Report(c.ctx, Request{Dir: dir, Patterns: patterns, Progress: c.progress.report})
	if !c.silenced {
		r = heard(r)
	}
	return r, err
}

// source reads a file that a report names.
func (c *command) source(file string) ([]byte, error) {
	name := filepath.FromSlash(file)
	if !filepath.IsAbs(name) {
		name = filepath.Join(c.dir, name)
	}
	return os.ReadFile(name)
}

// table says how text is shown where w leads.
func (c *command) table(w io.Writer) table.Options {
	width, ok := terminal(w)
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		width = n
	}
	o := table.Options{Width: width, Wide: c.wide, Color: ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if c.color != "auto" {
		o.Color = c.color == "always"
	}
	if len(c.codes) > 0 {
		o.Only = c.codes.has
	}
	return o
}

// writeDiff compares with a stored report, or with another revision.
func (c *command) writeDiff(w io.Writer) error {
	old, new, name, err := c.both()
	if err != nil {
		return err
	}
	if c.known(&old) != nil { // a code may have come with the newer revision, or gone with it
		if err := c.known(&new); err != nil {
			return err
		}
	}
	c.warn(c.unmatched(&old, &new))
	old, new = c.inFunctions(old), c.inFunctions(new)
	d := change.Handling(&old, &new)
	if len(c.codes) > 0 {
		d.Only(c.codes.has)
	}
	if c.format == "markdown" {
		return d.Markdown(w, name)
	}
	return d.Text(w, name)
}

// both returns the two reports to compare, and the name of the older.
func (c *command) both() (old, new report.Report, name string, err error) {
	if info, err := os.Stat(filepath.Join(c.dir, c.diff)); err == nil && info.Mode().IsRegular() && strings.HasSuffix(c.diff, ".json") {
		if old, err = c.stored(c.diff); err != nil {
			return old, new, "", err
		}
		if !c.silenced {
			old = heard(old)
		}
		new, err = c.analyse("looking", c.dir, c.patterns)
		return old, new, c.diff, err
	}
	repo, err := openRepository(c.ctx, c.dir)
	if err != nil {
		return old, new, "", err
	}
	s, err := repo.span(c.diff)
	if err != nil {
		return old, new, "", fmt.Errorf("-diff %s: %w", c.diff, err)
	}
	if old, err = c.at(repo, s.old); err != nil {
		return old, new, "", err
	}
	if s.new != "" {
		new, err = c.at(repo, s.new)
		return old, new, s.name, err
	}
	if new, err = c.analyse("looking", c.dir, c.patterns); err != nil {
		return old, new, "", err
	}
	if dirty, err := repo.dirty(); err == nil && dirty {
		fmt.Fprintln(c.stderr, "retcode map: changes that are not committed count as made; compare two revisions with -diff A..B")
	}
	return old, new, s.name, nil
}

func (c *command) stored(file string) (report.Report, error) {
	f, err := os.Open(filepath.Join(c.dir, file))
	if err != nil {
		return report.Report{}, err
	}
	defer f.Close()
	r, err := report.Decode(f)
	if err != nil {
		err = fmt.Errorf("%s: %w", file, err)
	}
	return r, err
}

// at analyses another revision.
func (c *command) at(repo *repository, commit string) (report.Report, error) {
	patterns, err := repo.inside(c.patterns)
	if err != nil {
		return report.Report{}, err
	}
	var r report.Report
	err = repo.checkout(commit, func(dir string) error {
		r, err = c.analyse(fmt.Sprintf("looking at %.12s", commit), dir, patterns)
		if err != nil {
			return fmt.Errorf("revision %.12s: %w", commit, err)
		}
		return nil
	})
	return r, err
}

// writeSince compares the tables of codes with those of a catalog file or a revision.
func (c *command) writeSince(w io.Writer) error {
	old, err := c.oldCodes()
	if err != nil {
		return err
	}
	r, err := c.analyse("looking", c.dir, c.patterns)
	if err != nil {
		return err
	}
	c.warn(c.unmatched(&r))
	r = c.inFunctions(r)
	list := change.Codes(old, r.Spaces, &r)
	if len(c.codes) > 0 {
		list = c.chosen(list)
	}
	if c.format == "markdown" {
		return change.CodesMarkdown(w, list, c.since)
	}
	return change.CodesText(w, list, c.since)
}

// chosen drops the changes of codes that were not asked for.
func (c *command) chosen(list []change.CodeDiff) []change.CodeDiff {
	var out []change.CodeDiff
	for _, d := range list {
		if c.codes.has(&d.Space, d.Old) || c.codes.has(&d.Space, d.New) {
			out = append(out, d)
		}
	}
	return out
}

func (c *command) oldCodes() ([]report.Space, error) {
	file := filepath.Join(c.dir, c.since)
	if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
		if c.program.Catalog == nil {
			return nil, fmt.Errorf("-since %s: this program reads no catalog files", c.since)
		}
		spaces, err := c.program.Catalog(file)
		if err != nil {
			err = fmt.Errorf("-since %s: %w", c.since, err)
		}
		return spaces, err
	}
	repo, err := openRepository(c.ctx, c.dir)
	if err != nil {
		return nil, fmt.Errorf("-since %s: there is no such file, and %w", c.since, err)
	}
	commit, err := repo.commit(c.since)
	if err != nil {
		return nil, fmt.Errorf("-since %s: there is no such file, and %w", c.since, err)
	}
	r, err := c.at(repo, commit)
	return r.Spaces, err
}
