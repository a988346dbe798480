package gen

import (
	"io"
	"os"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// Run is the command: it does what args, those behind "gen", ask for. The error is
// [flag.ErrHelp], a wrong use as package cmdline has it, or what is wrong with the source.
func Run(args []string, stdout io.Writer) error {
	o, err := parseOptions(args)
	if err != nil {
		return err
	}
	if o.form == ofGo {
		return annotate(o, stdout)
	}
	at, err := placeOf(o)
	if err != nil {
		return err
	}
	src, err := source(o, at)
	if err != nil {
		return err
	}
	if err := at.fits(o, src); err != nil {
		return err
	}
	if o.out == "" {
		_, err = stdout.Write(src)
		return err
	}
	return at.write(o.out, src)
}

// source returns the Go file that a source makes.
func source(o *options, at *place) ([]byte, error) {
	if o.form == ofCatalog {
		c, _ := catalog.Load(o.source)
		return ofCatalogSource(c, o, at.pkg)
	}
	data, err := os.ReadFile(o.source)
	if err != nil {
		return nil, err
	}
	t, err := read(o, data)
	if err != nil {
		return nil, err
	}
	if err := t.settle(o, at.pkg); err != nil {
		return nil, err
	}
	return t.source(o, at.pkg)
}
