package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling"
)

// handled shows what a program does for each code.
func handled(args []string, stdout, stderr io.Writer) int {
	a, err := analyzer.New(analyzer.Config{Handling: true})
	if err != nil {
		fmt.Fprintf(stderr, "retcode map: %v\n", err)
		return 1
	}
	var tags string
	return handling.Run(args, stdout, stderr, handling.Program{
		Report: func(ctx context.Context, r handling.Request) (report.Report, error) { return reportOf(ctx, a, tags, r) },
		Catalog: func(file string) ([]report.Space, error) {
			data, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			c, err := catalog.Parse(file, data)
			if err != nil {
				return nil, err
			}
			return analyzer.Spaces(c), nil
		},
		Flags: func(fs *flag.FlagSet) {
			a.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, f.Name, f.Usage) })
			fs.StringVar(&tags, "tags", "", "build `tags`, separated by commas")
		},
		Version: moduleVersion(),
	})
}

// reportOf analyzes packages and gathers what the analyzer says of each.
func reportOf(ctx context.Context, a *analysis.Analyzer, tags string, r handling.Request) (report.Report, error) {
	var done, total atomic.Int64
	counted := *a
	counted.Run = func(pass *analysis.Pass) (any, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out, err := a.Run(pass)
		if n := done.Add(1); r.Progress != nil {
			r.Progress(int(n), int(total.Load()))
		}
		return out, err
	}
	o := &options{analyzer: &counted, told: make(map[string]bool), patterns: r.Patterns, dir: r.Dir, tags: tags, context: -1}
	o.loaded = func(roots []*packages.Package) {
		n := int64(0)
		packages.Visit(roots, nil, func(p *packages.Package) {
			if p.Types != nil && p.Types != types.Unsafe {
				n++
			}
		})
		total.Store(n)
	}
	graph, failed, err := analyze(o)
	switch {
	case err != nil:
		return report.Report{}, err
	case slices.Equal(o.absent, []string{"help"}):
		return report.Report{}, errors.New("the go command cannot load help; retcode help map tells how to use it")
	case len(o.absent) > 0:
		return report.Report{}, fmt.Errorf("the go command cannot load %s", some(o.absent))
	case failed != 0:
		return report.Report{}, fmt.Errorf("the program does not compile")
	}
	dir, err := filepath.Abs(r.Dir)
	if err != nil {
		return report.Report{}, err
	}
	return gather(graph, dir)
}

func gather(graph *checker.Graph, dir string) (report.Report, error) {
	var list []report.Package
	module := ""
	for _, act := range graph.Roots {
		if act.Err != nil {
			return report.Report{}, act.Err
		}
		p, ok := act.Result.(*report.Package)
		if !ok {
			continue
		}
		if m := act.Package.Module; m != nil && m.Main {
			module = m.Path
		}
		relative(p, dir)
		list = append(list, *p)
	}
	out := report.Merge(list...)
	out.Module = module
	return out, nil
}

// relative makes the names of the files of a package relative to a folder, where they lie
// below it.
func relative(p *report.Package, dir string) {
	at := func(p *report.Position) {
		if rel, err := filepath.Rel(dir, p.File); err == nil && p.File != "" && filepath.IsLocal(rel) {
			p.File = filepath.ToSlash(rel)
		}
	}
	steps := func(list []report.Step) {
		for i := range list {
			at(&list[i].At)
		}
	}
	findings := func(list []report.Finding) {
		for i := range list {
			at(&list[i].At)
			steps(list[i].Related)
		}
	}
	for i := range p.Sites {
		s := &p.Sites[i]
		at(&s.At)
		at(&s.Decision)
		steps(s.Path)
		findings(s.Findings)
		for k := range s.Classes {
			for j := range s.Classes[k].Actions {
				at(&s.Classes[k].Actions[j].At)
			}
		}
	}
	findings(p.Findings)
}
