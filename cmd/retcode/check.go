package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"os"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/analyzer/catalog"
)

// run checks packages and returns the exit code: 0 if nothing is found, 3 for findings, 1 if
// something does not load or compile, 2 for a misspelt command.
func run(o *options) int {
	if err := o.misspelt(); err != nil {
		fmt.Fprintf(os.Stderr, "retcode: %v\n", err)
		return 2
	}
	graph, failed, err := analyze(o)
	if err != nil {
		fmt.Fprintf(os.Stderr, "retcode: %v\n", err)
		return 1
	}
	if !o.fix {
		return max(failed, show(o, graph))
	}
	changes, applied := fixes(graph)
	if len(changes) == 0 {
		return max(failed, left(o, graph, "0 fixed"))
	}
	if o.diff {
		if err := printDiff(os.Stdout, changes); err != nil {
			fmt.Fprintf(os.Stderr, "retcode: %v\n", err)
			return 1
		}
		keepFixless(graph)
		done := fmt.Sprintf("%s would be fixed", count(applied, "finding"))
		if code := left(o, graph, done); code == 0 && !o.json {
			fmt.Fprintf(os.Stderr, "retcode: %s\n", done)
		}
		return max(failed, 3)
	}
	for _, c := range changes {
		if err := os.WriteFile(c.name, c.after, 0o666); err != nil {
			fmt.Fprintf(os.Stderr, "retcode: %v\n", err)
			return 1
		}
	}
	if graph, failed, err = analyze(o); err != nil {
		fmt.Fprintf(os.Stderr, "retcode: after the fixes: %v\n", err)
		return 1
	}
	return max(failed, left(o, graph, fmt.Sprintf("%d fixed", applied)))
}

// left shows what fixes leave, and says what they have done, and how much is left.
func left(o *options, graph *checker.Graph, done string) int {
	code := show(o, graph)
	n := 0
	for _, act := range graph.Roots {
		n += len(act.Diagnostics)
	}
	if n > 0 && !o.json {
		fmt.Fprintf(os.Stderr, "retcode: %s, %s left, which no fix mends\n", done, count(n, "finding"))
	}
	return code
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// analyze loads the packages and runs the analyzer. What does not load or compile is
// printed, and makes failed 1.
func analyze(o *options) (graph *checker.Graph, failed int, err error) {
	chosen, err := choose(o)
	if err != nil {
		return nil, 0, err
	}
	load := quick
	// An origin may lie in any package, also of the standard library.
	if o.value("origin") != "" {
		load = whole
	}
	loaded, bad, err := load(o, chosen)
	if err != nil {
		return nil, 0, err
	}
	if bad.tell(o.told) {
		adviseLoad(bad.initial)
		o.absent = bad.absent()
		failed = 1
	}
	constants := chosen.constants(bad.initial)
	if bad.broken[constants] {
		return nil, 0, fmt.Errorf("-constants: %s does not compile, so that no fix can use it", chosen.extra)
	}
	if c := constants; c != nil && c.Types != nil && len(c.Syntax) > 0 && !analyzer.HasConstants(c.Fset, c.Syntax, c.Types, c.TypesInfo) {
		return nil, 0, fmt.Errorf("-constants: package %s has no constant of a code: one is exported, without a type, and called as the code is, or stands below //retcode:code SPACE", chosen.extra)
	}
	roots := chosen.roots(bad.sound(loaded))
	share(constants, roots)
	if o.loaded != nil {
		o.loaded(roots)
	}
	graph, err = checker.Analyze([]*analysis.Analyzer{bounded(o.analyzer)}, roots, nil)
	if err != nil {
		return nil, 0, err
	}
	once(graph)
	return graph, failed, nil
}

// bounded returns the analyzer for as many packages at once as there are processors: the checker
// begins all that it can, and each needs memory until it is done.
func bounded(a *analysis.Analyzer) *analysis.Analyzer {
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	b := *a
	b.Run = func(pass *analysis.Pass) (any, error) {
		slots <- struct{}{}
		defer func() { <-slots }()
		return a.Run(pass)
	}
	return &b
}

// whole loads everything from source.
func whole(o *options, chosen selection) ([]*packages.Package, *unsound, error) {
	initial, err := o.load(packages.LoadAllSyntax|packages.NeedModule, chosen.patterns...)
	if err != nil {
		return nil, nil, err
	}
	o.noteOrigins(initial)
	return initial, newUnsound(initial), nil
}

// load asks the go command for packages.
func (o *options) load(mode packages.LoadMode, patterns ...string) ([]*packages.Package, error) {
	c := &packages.Config{Mode: mode, Tests: o.tests, Dir: o.dir}
	if o.tags != "" {
		c.BuildFlags = []string{"-tags=" + o.tags}
	}
	list, err := packages.Load(c, patterns...)
	if err != nil {
		// What the go command says comes last, after how it ended.
		message := err.Error()
		if _, said, ok := strings.Cut(message, "stderr: "); ok && strings.TrimSpace(said) != "" {
			message = said
		}
		return nil, errors.New(strings.TrimSpace(message))
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s matched no packages", strings.Join(patterns, " "))
	}
	return list, nil
}

// misspelt returns an error if the first pattern is no package, and like the name of a command.
func (o *options) misspelt() error {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	first := o.patterns[0]
	name := catalog.Closest(first, names)
	if name == "" || name == first || strings.ContainsAny(first, "./") {
		return nil
	}
	list, err := o.load(packages.NeedName, first)
	if err == nil && !slices.ContainsFunc(list, func(p *packages.Package) bool { return len(p.Errors) > 0 }) {
		return nil
	}
	return fmt.Errorf("%s is no package; did you mean the command retcode %s?", first, name)
}

// adviseLoad says what to write instead of a pattern that the go command refuses in the root of
// a workspace.
func adviseLoad(initial []*packages.Package) {
	for _, p := range initial {
		for _, err := range p.Errors {
			if strings.Contains(err.Msg, "does not contain modules listed in go.work") {
				fmt.Fprintln(os.Stderr, "retcode: in a workspace name its modules, ./a/... ./b/..., or all of them: retcode work")
				return
			}
		}
	}
}

// A selection is what to load, and what of it the user asked for.
type selection struct {
	patterns []string
	asked    map[string]bool // the IDs of the packages that were asked for, nil if all were
	extra    string          // the package of -constants, if nothing asked for imports it
}

// choose asks the go command whether the package of -constants has to be loaded besides.
func choose(o *options) (selection, error) {
	s := selection{patterns: o.patterns}
	path := o.value("constants")
	if path == "" {
		return s, nil
	}
	initial, err := o.load(packages.NeedName|packages.NeedImports|packages.NeedDeps, o.patterns...)
	if err != nil {
		return s, err
	}
	s.extra = path
	known := false
	packages.Visit(initial, nil, func(p *packages.Package) { known = known || p.ID == path })
	if known {
		return s, nil
	}
	s.asked = make(map[string]bool)
	for _, p := range initial {
		s.asked[p.ID] = true
	}
	found, err := o.load(packages.NeedName, path)
	if err != nil {
		return s, fmt.Errorf("-constants: %w", err)
	}
	for _, p := range found {
		if p.ID == path && len(p.Errors) == 0 {
			s.patterns = append(slices.Clone(o.patterns), path)
			return s, nil
		}
	}
	reason := "it is in no module of the build"
	for _, p := range found {
		for _, e := range p.Errors {
			reason, _, _ = strings.Cut(e.Msg, "\n")
		}
	}
	return s, fmt.Errorf("-constants: no package %s: %s", path, reason)
}

// roots are those of the packages that were asked for.
func (s selection) roots(loaded []*packages.Package) []*packages.Package {
	if s.asked == nil {
		return loaded
	}
	return slices.DeleteFunc(slices.Clone(loaded), func(p *packages.Package) bool { return !s.asked[p.ID] })
}

// constants returns the package of -constants, or nil.
func (s selection) constants(loaded []*packages.Package) *packages.Package {
	var found *packages.Package
	if s.extra != "" {
		packages.Visit(loaded, nil, func(p *packages.Package) {
			if p.ID == s.extra {
				found = p
			}
		})
	}
	return found
}

// share lets every package that may import the package of -constants see its facts, as if it
// did: a fix that adds the import needs them.
func share(constants *packages.Package, roots []*packages.Package) {
	if constants == nil {
		return
	}
	below := make(map[string]bool)
	packages.Visit([]*packages.Package{constants}, nil, func(p *packages.Package) { below[p.PkgPath] = true })
	for _, p := range roots {
		if !below[strings.TrimSuffix(p.PkgPath, "_test")] && p.Imports != nil && p.Imports[constants.PkgPath] == nil {
			p.Imports[constants.PkgPath] = constants
		}
	}
}

// noteOrigins says which origins lie in none of the loaded packages.
func (o *options) noteOrigins(initial []*packages.Package) {
	paths := make(map[string]bool)
	packages.Visit(initial, nil, func(p *packages.Package) { paths[p.PkgPath] = true })
	for spec := range strings.SplitSeq(o.value("origin"), ",") {
		place, _, ok := strings.Cut(spec, "=")
		for path := range paths {
			if rest, below := strings.CutPrefix(place, path+"."); below && !strings.Contains(rest, "/") {
				ok = false
			}
		}
		if ok {
			fmt.Fprintf(os.Stderr, "retcode: -origin %s: no package of this path is among those that were loaded\n", spec)
		}
	}
}

// show prints findings and returns the exit code.
func show(o *options, graph *checker.Graph) int {
	if o.json {
		if err := graph.PrintJSON(os.Stdout); err != nil {
			return 1
		}
		return 0
	}
	if err := graph.PrintText(os.Stderr, o.context); err != nil {
		return 1
	}
	code := 0
	for act := range graph.All() {
		if act.Err != nil {
			return 1
		}
		if act.IsRoot && len(act.Diagnostics) > 0 {
			code = 3
		}
	}
	return code
}

// once drops what a package's variant with tests finds once more.
func once(graph *checker.Graph) {
	type key struct {
		at      token.Position
		message string
	}
	seen := make(map[key]bool)
	roots := slices.Clone(graph.Roots)
	slices.SortStableFunc(roots, func(a, b *checker.Action) int {
		return cmp.Or(cmp.Compare(len(a.Package.ID), len(b.Package.ID)), cmp.Compare(a.Package.ID, b.Package.ID))
	})
	for _, act := range roots {
		act.Diagnostics = slices.DeleteFunc(act.Diagnostics, func(d analysis.Diagnostic) bool {
			k := key{act.Package.Fset.Position(d.Pos), d.Message}
			again := seen[k]
			seen[k] = true
			return again
		})
	}
}

// keepFixless drops the findings that a fix mends.
func keepFixless(graph *checker.Graph) {
	for _, act := range graph.Roots {
		act.Diagnostics = slices.DeleteFunc(act.Diagnostics, func(d analysis.Diagnostic) bool { return len(d.SuggestedFixes) > 0 })
	}
}
