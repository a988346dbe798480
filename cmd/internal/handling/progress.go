package handling

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// terminal returns the width of the terminal that w is, and whether it is one.
func terminal(w io.Writer) (int, bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	return width, true
}

// A progress is a line on a terminal that says how far the work is.
type progress struct {
	w       io.Writer // nil where nobody watches
	mu      sync.Mutex
	what    string
	shown   bool
	changed time.Time
}

// patience is how long nothing is said, and how often it is said anew after that.
const patience = 200 * time.Millisecond

func newProgress(stderr io.Writer) *progress {
	p := &progress{changed: time.Now()}
	if _, ok := terminal(stderr); ok {
		p.w = stderr
	}
	return p
}

// doing says what the numbers are about from now on.
func (p *progress) doing(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = what
}

// report says how many packages are done. It may be called concurrently.
func (p *progress) report(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil || time.Since(p.changed) < patience {
		return
	}
	p.changed, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\r\x1b[K%s: %d of %d packages", p.what, done, total)
}

// end takes the line away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
