package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/gcexportdata"

	"github.com/go-retcode/retcode/analyzer"
)

// isUnit reports whether the arguments are the go command's, for one package.
func isUnit(args []string) bool {
	return len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// quickUnit does what unitchecker does with a package of the standard library that the go
// command has analyzed for its facts alone. It has none, so that its types are all that other
// packages need, and function bodies are not type-checked. It reports ok=false, with nothing
// written, where unitchecker has to do it.
func quickUnit(args []string) (ok bool) {
	for _, arg := range args {
		// An origin may lie in the standard library, too.
		if name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "="); name == "origin" {
			return false
		}
	}
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return false
	}
	cfg := new(unitchecker.Config)
	if json.Unmarshal(data, cfg) != nil || !cfg.VetxOnly || cfg.VetxOutput == "" || cfg.FixArchive != "" {
		return false
	}
	module := cfg.ModulePath
	if cfg.Module != nil {
		module = cfg.Module.Path
	}
	if !analyzer.Standard(cfg.ImportPath, module) {
		return false
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range cfg.GoFiles {
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return false
		}
		files = append(files, f)
	}
	conf := types.Config{
		Importer:         &unitImporter{cfg: cfg, fset: fset, known: make(map[string]*types.Package)},
		Sizes:            types.SizesFor("gc", build.Default.GOARCH),
		GoVersion:        cfg.GoVersion,
		IgnoreFuncBodies: true,
	}
	pkg, err := conf.Check(cfg.ImportPath, fset, files, nil)
	if err != nil {
		return false
	}
	out, err := encodeVetx(fset, pkg)
	return err == nil && os.WriteFile(cfg.VetxOutput, out, 0o666) == nil
}

// factsOnly returns the file for the facts of a package that is not asked for itself.
func factsOnly(args []string) (name string, ok bool) {
	data, err := os.ReadFile(args[len(args)-1])
	cfg := new(unitchecker.Config)
	if err != nil || json.Unmarshal(data, cfg) != nil {
		return "", false
	}
	return cfg.VetxOutput, cfg.VetxOnly && cfg.VetxOutput != ""
}

// A unitImporter reads types from what the tool wrote for the imports of a unit.
type unitImporter struct {
	cfg   *unitchecker.Config
	fset  *token.FileSet
	known map[string]*types.Package
}

func (u *unitImporter) Import(path string) (*types.Package, error) {
	path, ok := u.cfg.ImportMap[path]
	if !ok {
		return nil, fmt.Errorf("can't resolve import %q", path)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := u.known[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	data, err := os.ReadFile(u.cfg.PackageVetx[path])
	if err != nil {
		return nil, err
	}
	data, err = vetxTypes(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return gcexportdata.Read(io.MultiReader(strings.NewReader("i"), bytes.NewReader(data)), u.fset, u.known, path)
}

// What unitchecker writes for a package: a magic word, the lengths of types and facts, types
// without their first byte as gcexportdata has them, and facts.
const (
	vetxMagic  = "vetx"
	vetxHeader = len(vetxMagic) + 4 + 4
)

// vetxTypes returns the types of a package without facts.
func vetxTypes(data []byte) ([]byte, error) {
	if len(data) < vetxHeader || string(data[:len(vetxMagic)]) != vetxMagic {
		return nil, fmt.Errorf("no vetx file")
	}
	types := binary.LittleEndian.Uint32(data[len(vetxMagic):])
	facts := binary.LittleEndian.Uint32(data[len(vetxMagic)+4:])
	data = data[vetxHeader:]
	if facts != 0 || uint64(types) != uint64(len(data)) {
		return nil, fmt.Errorf("a vetx file of %d bytes with %d of types and %d of facts", len(data), types, facts)
	}
	return data, nil
}

// encodeVetx encodes the types of a package without facts.
func encodeVetx(fset *token.FileSet, pkg *types.Package) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString(vetxMagic)
	buf.Write(make([]byte, 7)) // two lengths, the last byte of which is the first of the export data
	if err := gcexportdata.Write(&buf, fset, pkg); err != nil {
		return nil, err
	}
	data := buf.Bytes()
	binary.LittleEndian.PutUint32(data[len(vetxMagic):], uint32(len(data)-vetxHeader))
	binary.LittleEndian.PutUint32(data[len(vetxMagic)+4:], 0)
	return data, nil
}
