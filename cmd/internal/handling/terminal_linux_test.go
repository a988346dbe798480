package handling_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
)

// terminal opens a pseudo-terminal of some width. What is written to it is handed to read.
func terminal(t *testing.T, columns uint16) (tty *os.File, read func() string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	fd := int(master.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	got := make(chan string)
	go func() {
		var b bytes.Buffer
		_, _ = io.Copy(&b, master) // ends with an error when the last writer is gone
		got <- b.String()
	}()
	return tty, func() string {
		_ = tty.Close()
		text := <-got
		_ = master.Close()
		return strings.ReplaceAll(text, "\r\n", "\n")
	}
}

// TestTerminal checks that a terminal is given colour and lines of its width.
func TestTerminal(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	t.Setenv("COLUMNS", "")
	tty, read := terminal(t, 72)
	code := handling.Run(nil, tty, io.Discard, shop())
	text := read()
	if code != 0 || !strings.Contains(text, "\x1b[32mretried after a pause\x1b[0m") {
		t.Fatalf("exit code %d:\n%s", code, text)
	}
	for line := range strings.Lines(regexp.MustCompile("\x1b\\[\\d+m").ReplaceAllString(text, "")) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 72 {
			t.Errorf("%d columns where there are 72: %s", n, line)
		}
	}
	t.Setenv("NO_COLOR", "1")
	tty, read = terminal(t, 72)
	handling.Run(nil, tty, io.Discard, shop())
	if text := read(); text == "" || strings.Contains(text, "\x1b") {
		t.Errorf("colour although NO_COLOR is set:\n%s", text)
	}
}

// TestProgress checks that somebody who watches is told how far a long run is, that the
// line is gone at the end, and that nothing is said where nobody watches.
func TestProgress(t *testing.T) {
	slow := handling.Program{Report: func(_ context.Context, rq handling.Request) (report.Report, error) {
		for i := range 4 {
			rq.Progress(i, 4)
			time.Sleep(110 * time.Millisecond)
		}
		return sample.New(5).Report, nil
	}}
	tty, read := terminal(t, 80)
	handling.Run(nil, io.Discard, tty, slow)
	text := read()
	if !regexp.MustCompile(`^\r\x1b\[Klooking: [1-3] of 4 packages(\r|.)*\r\x1b\[K$`).MatchString(text) {
		t.Errorf("progress: %q", text)
	}
	tty, read = terminal(t, 80)
	handling.Run(nil, io.Discard, tty, shop())
	if text := read(); text != "" {
		t.Errorf("a quick run says %q", text)
	}
	if r := run(slow); r.errout != "" {
		t.Errorf("progress into a file: %q", r.errout)
	}
}
