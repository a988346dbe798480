package table_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
	"github.com/go-retcode/retcode/cmd/internal/handling/table"
)

func show(t *testing.T, r report.Report, o table.Options) string {
	t.Helper()
	var b strings.Builder
	if err := table.Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// block returns what is shown of the first call in a function.
func block(t *testing.T, text, function string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, function+" calls ")
	if !ok {
		t.Fatalf("%s is not shown in\n%s", function, text)
	}
	return strings.TrimSpace(regexp.MustCompile(`\n( {0,2}\S|\n)`).Split(after, 2)[0])
}

func TestNarrow(t *testing.T) {
	text := show(t, sample.New(30).Report, table.Options{})
	for function, want := range map[string]string{
		"(*Client).Join": `(*rcsdk.RongCloud).GroupJoin (rongcloud)
    1008 (RateLimited)                                     retried after a pause
    25427 (GroupInviteeMustAccept)                         returns nil
    every other code                                       mapped to *JoinError
    ! not told apart: 1050 (ServiceTimeout), 24356 (DeactivationInProgress), 24402 (CommunityServiceError), 25416 (QueryRateLimited), 26003 (SettingsServiceError), 28402 (TranslationServiceError), 3 more
    ! 24:3: switch on a RongCloud return code omits 1050 (ServiceTimeout) and 25416 (QueryRateLimited), which may succeed when called again; now they are treated like every other failure (switch)`,
		"(*Client).Greet": `(*rcsdk.RongCloud).BlockRemove (rongcloud)
    every other code                                       dropped
    ! silenced: 37:2: the error of (*rcsdk.RongCloud).BlockRemove is dropped: a failure passes as success (unchecked): the user is gone, and nobody could act on it`,
		"(*Store).Archive": `(*pgxpool.Pool).BeginFunc (postgresql)
    23505 (UniqueViolation)                                mapped to ErrExists
    40001 (SerializationFailure), 40P01 (DeadlockDetected) retried after a pause
    every other code                                       wrapped`,
	} {
		if got := block(t, text, function); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", function, got, want)
		}
	}
	for _, want := range []string{
		"\n1008 (RateLimited) is reached from 8 calls: retried after a pause in 2, handed on in 1, treated like a permanent failure in 2, ",
		"\n53200, 53300, 55P03, 57P01, 57P02 and 57P03 are each reached from ",
	} {
		if !strings.Contains(strings.ReplaceAll(text, "08000, 08001, 08003, 08006, ", ""), want) {
			t.Errorf("no total %q in\n%s", want, text)
		}
	}
}

func TestWidth(t *testing.T) {
	r := sample.New(60).Report
	for _, width := range []int{1, 40, 80, 133} {
		for line := range strings.Lines(show(t, r, table.Options{Width: width})) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > max(width, 40) && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%d columns where there are %d: %s", n, width, line)
			}
		}
	}
}

// TestColor checks that colour adds nothing but colour, and says what the words say.
func TestColor(t *testing.T) {
	r := sample.New(60).Report
	for _, o := range []table.Options{{Width: 80}, {Wide: true}} {
		colored := o
		colored.Color = true
		plain, text := show(t, r, o), show(t, r, colored)
		if strings.Contains(plain, "\x1b") {
			t.Error("there is colour where none was asked for")
		}
		if got := regexp.MustCompile("\x1b\\[\\d+m").ReplaceAllString(text, ""); got != plain {
			t.Errorf("without its colours:\n%s\nwant\n%s", got, plain)
		}
		for _, want := range []string{"\x1b[32mretried after a pause", "\x1b[31mdropped", "\x1b[35mends the process"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is missing", want)
			}
		}
	}
}

func TestOnly(t *testing.T) {
	only := func(s *report.Space, c report.Code) bool { return c.Value == report.Int(1050) }
	text := show(t, sample.New(30).Report, table.Options{Only: only})
	if got, want := block(t, text, "(*Client).Join"), `(*rcsdk.RongCloud).GroupJoin (rongcloud)
    1050 (ServiceTimeout) mapped to *JoinError
    ! not told apart: 1050 (ServiceTimeout)
`; !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(text, "1008 (RateLimited) is reached") || !strings.Contains(text, "1050 (ServiceTimeout) is reached") {
		t.Errorf("totals of other codes in\n%s", text)
	}
}

func TestWide(t *testing.T) {
	r := sample.New(30).Report
	lines := strings.Split(strings.TrimSpace(show(t, r, table.Options{Wide: true, Width: 80})), "\n")
	classes := 0
	for _, s := range r.All {
		classes += len(s.Classes)
	}
	if len(lines) != classes+1 {
		t.Errorf("%d lines; want one for each of %d classes, and a head", len(lines), classes)
	}
	cells := regexp.MustCompile(` {2,}`)
	for _, line := range lines {
		if got := len(cells.Split(line, -1)); got != 11 {
			t.Errorf("%d cells; want 11: %s", got, line)
		}
	}
	i := strings.Index(lines[0], "WHAT IS DONE")
	if !strings.HasPrefix(lines[1][i:], "goes on ") {
		t.Errorf("columns are not below their heads:\n%s\n%s", lines[0], lines[1])
	}
}
