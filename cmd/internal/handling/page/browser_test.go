package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/go-retcode/retcode/cmd/internal/handling/page"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
)

// A browser is a real Chromium without a window, with the page of a sample in it.
type browser struct {
	t   *testing.T
	ctx context.Context
}

// chromium starts the browser, or skips the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if os.Getenv("RETCODE_E2E") != "1" {
		t.Skip("set RETCODE_E2E=1 to open the page in Chromium")
	}
	name, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("RETCODE_E2E=1 needs Debian's package chromium: %v", err)
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("force-color-profile", "srgb"), chromedp.UserDataDir(t.TempDir()),
	)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	// The first call starts the browser, and the browser ends with its context.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// show opens a page with a number of calls. The test fails if the browser has a complaint.
func show(t *testing.T, ctx context.Context, sites int, hash string) *browser {
	t.Helper()
	p := sample.New(sites)
	name := filepath.Join(t.TempDir(), "map.html")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Write(f, p.Report, page.Options{Source: p.Source, Version: "v0.9.0"}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	tab, cancel := chromedp.NewContext(ctx)
	b := &browser{t, tab}
	messages := chromedp.Console(tab)
	listened := make(chan []string)
	go func() {
		var list []string
		for m, err := range messages {
			if err != nil {
				break
			}
			list = append(list, fmt.Sprint(m))
		}
		listened <- list
	}()
	t.Cleanup(func() {
		cancel()
		for _, m := range <-listened {
			t.Errorf("the console says: %s", m)
		}
	})
	address := url.URL{Scheme: "file", Path: name, Fragment: hash}
	if err := chromedp.Do(tab, chromedp.EmulateViewport(1440, 900)); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(address.String()), chromedp.WaitReady(chromedp.CSS("#rows tr")))
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// patience is how long the browser may take for what it is told.
const patience = 30 * time.Second

// eval evaluates an expression, waits if it is a promise, and returns what it is.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// run evaluates an expression for what it does.
func run(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](expression, chromedp.EvalAwaitPromise)
}

func (b *browser) want(expression, want string) {
	b.t.Helper()
	if got := eval[string](b, expression); got != want {
		b.t.Errorf("%s: %q; want %q", expression, got, want)
	}
}

func (b *browser) press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

const (
	status  = `document.getElementById("status").textContent`
	focused = `document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent`
	names   = `[...document.querySelectorAll("#rows .fn > span:first-child")].map(e => e.textContent).join(" ")`
)

// sentence is what the report says of a code: the page counts by itself.
func sentence(t *testing.T, sites int, code string) string {
	t.Helper()
	r := sample.New(sites).Report
	for _, total := range r.Totals() {
		if total.Code.Value.String() == code {
			return total.String()
		}
	}
	t.Fatalf("no total for %s", code)
	return ""
}

func TestFilters(t *testing.T) {
	b := show(t, chromium(t), 120, "space=rongcloud/business")
	b.want(status, "36 calls")
	b.do(chromedp.SendKeys(chromedp.CSS("#code"), "1008"))
	b.want(status, "36 calls. "+sentence(t, 120, "1008")+".")
	if got := eval[int](b, `document.querySelectorAll("#heads .code").length`); got != 1 {
		t.Errorf("%d columns; want the one that was asked for", got)
	}
	b.want(`document.querySelector("#rows td .words").textContent`, "ends the process: log.Fatalf")
	b.do(chromedp.Click(chromedp.CSS(`.chip[data-outcome="permanent"]`)))
	b.want(status, "6 of 36 calls. 1008 (RateLimited) is reached from 6 calls: treated like a permanent failure in 6.")
	b.want(`document.querySelector('.chip[data-outcome="permanent"]').getAttribute("aria-pressed")`, "true")
	address := eval[string](b, "location.hash")
	if !strings.Contains(address, "code=1008") || !strings.Contains(address, "done=permanent") {
		t.Errorf("address %s", address)
	}
	b.do(chromedp.Click(chromedp.CSS("#reset")))
	b.want(status, "36 calls")
	b.do(chromedp.SendKeys(chromedp.CSS("#query"), "chat GroupJoin"))
	b.want(`[...new Set([...document.querySelectorAll("#rows .call > span:first-child")].map(e => e.textContent))].join()`, "(*rcsdk.RongCloud).GroupJoin")
	b.do(chromedp.Click(chromedp.CSS("#reset")), chromedp.Click(chromedp.CSS("#found")), chromedp.SetValue(chromedp.CSS("#package"), "example.com/shop/internal/notify"),
		run(`document.getElementById("package").dispatchEvent(new Event("change"))`))
	b.want(`[...document.querySelectorAll("#rows .package th span:first-child")].map(e => e.textContent).join()`, "internal/notify")
	b.do(chromedp.Click(chromedp.CSS("#reset")), chromedp.SendKeys(chromedp.CSS("#code"), "9999"))
	b.want(status, "No code 9999 in RongCloud")
	b.do(chromedp.Click(chromedp.CSS("#reset")), chromedp.SetValue(chromedp.CSS("#retry"), "rate-limit"),
		run(`document.getElementById("retry").dispatchEvent(new Event("change"))`))
	b.want(`[...document.querySelectorAll("#heads .code b")].map(e => e.textContent).join()`, "1008,25416")
	b.do(chromedp.Click(chromedp.CSS(`[data-space="grpc/code"]`)))
	b.want(`document.querySelector('#spaces [aria-pressed="true"]').dataset.space`, "grpc/code")
	b.do(chromedp.Click(chromedp.CSS("#untold")))
	if got := eval[int](b, `document.querySelectorAll("#rows .fn").length`); got == 0 || got >= 37 {
		t.Errorf("%d unhandled calls", got)
	}
}

// TestAddress checks that an address that was sent to somebody shows the same.
func TestAddress(t *testing.T) {
	b := show(t, chromium(t), 120, "space=grpc/code&code=14&done=hurried")
	b.want(`document.querySelector('#spaces [aria-pressed="true"]').dataset.space`, "grpc/code")
	b.want(`document.getElementById("code").value`, "14")
	if got := eval[string](b, status); !strings.Contains(got, "of 37 calls. 14 (Unavailable) is reached from ") || strings.Count(got, " in ") != 1 {
		t.Error(got)
	}
}

func TestKeyboard(t *testing.T) {
	b := show(t, chromium(t), 120, "space=rongcloud/business")
	b.do(run(`document.querySelector('#matrix [tabindex="0"]').focus()`))
	first := eval[string](b, focused)
	b.press(kb.ArrowRight)
	b.want(focused, "1008 (RateLimited): ends the process: log.Fatalf")
	b.press(kb.ArrowDown, kb.ArrowDown)
	b.want(focused, "1008 (RateLimited): retried after a pause")
	b.press(kb.Enter)
	b.want(`document.querySelector("#pane h2").textContent`, "(*Client).Join")
	b.want(`document.activeElement.id`, "pane-head")
	b.want(`document.querySelector("#pane tr.chosen th").textContent`, "1008 (RateLimited)")
	b.press(kb.Escape)
	b.want(focused, "1008 (RateLimited): retried after a pause")
	b.want(`String(document.getElementById("pane").hidden)`, "true")
	b.press(kb.Home)
	b.want(`document.activeElement.querySelector(".fn > span").textContent`, "(*Client).Join")
	b.do(chromedp.KeyEvent(kb.End, chromedp.KeyModifiers(kb.ModifierCtrl)))
	b.want(`document.activeElement.dataset.col`, fmt.Sprint(eval[int](b, `document.querySelectorAll("#heads .code").length`)))
	b.do(chromedp.KeyEvent(kb.Home, chromedp.KeyModifiers(kb.ModifierCtrl)))
	b.press(kb.ArrowDown)
	b.want(focused, first)
	b.press(kb.ArrowUp, kb.ArrowUp, kb.ArrowRight)
	b.want(`document.activeElement.className`, "code edge")
	b.press(kb.Enter)
	if got := eval[string](b, status); !strings.Contains(got, "1008 (RateLimited) is reached from 36 calls") {
		t.Errorf("a column's head: %s", got)
	}
	b.want(`document.activeElement.className`, "code edge chosen")
	b.press("/")
	b.want(`document.activeElement.id`, "query")
	// One stop of the tabulator leads through the matrix.
	if got := eval[int](b, `document.querySelectorAll('#matrix [tabindex="0"]').length`); got != 1 {
		t.Errorf("%d stops in the matrix", got)
	}
}

// TestFocusOutlivesScrolling checks that the keyboard goes on where it was when the active
// row was scrolled away.
func TestFocusOutlivesScrolling(t *testing.T) {
	b := show(t, chromium(t), 2000, "space=rongcloud/business")
	b.do(run(`document.querySelector('#matrix [tabindex="0"]').focus()`))
	b.press(kb.ArrowDown)
	at := eval[string](b, focused)
	b.do(run(`document.getElementById("scroller").scrollTop = 9000`), frames())
	b.want(`document.activeElement.id`, "scroller")
	b.press(kb.ArrowUp, kb.ArrowDown)
	b.want(focused, at)
}

// frames waits until what was changed has been drawn.
func frames() chromedp.Action[chromedp.Void] {
	return run(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))`)
}

func TestPane(t *testing.T) {
	b := show(t, chromium(t), 120, "space=rongcloud/business&q=PrivateSend&package=example.com/shop/internal/chat")
	b.do(chromedp.Click(chromedp.CSS("#rows tr:nth-child(2) td")))
	b.want(`[...document.querySelectorAll("#pane .plain tbody tr")].map(r => [...r.children].map(c => c.firstChild.textContent + c.lastChild.textContent).length).join()`, "2,2")
	b.want(`document.querySelector("#pane .plain tbody tr:last-child th").textContent`, "every other code")
	text := eval[string](b, `document.getElementById("pane").innerText`)
	for _, want := range []string{
		"internal/chat/send.go:", "returned without the code: %v", "1050 (ServiceTimeout)", "failure parts from success",
		"the code of (*rcsdk.RongCloud).PrivateSend's error is lost here", "the call that answers the code",
		`err := c.rc.PrivateSend(m.From, m.To, "RC:TxtMsg", m.Body)`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the pane does not say %q:\n%s", want, text)
		}
	}
	b.want(`document.querySelector("#pane .m-call code").textContent.trim()`, `err := c.rc.PrivateSend(m.From, m.To, "RC:TxtMsg", m.Body)`)
	b.want(`document.querySelector("#pane .findings a").href`, "https://github.com/go-retcode/retcode/blob/main/docs/checks/retryable.md")
	b.do(chromedp.Click(chromedp.CSS("#reset")), chromedp.SendKeys(chromedp.CSS("#query"), "BlockRemove"), chromedp.Click(chromedp.CSS("#rows tr:nth-child(2) td")))
	if text := eval[string](b, `document.querySelector("#pane .findings .off").innerText`); !strings.Contains(text, "silenced") || !strings.Contains(text, "Reason: the user is gone") {
		t.Errorf("a silenced finding: %s", text)
	}
	b.do(chromedp.Click(chromedp.CSS(`[data-space="grpc/code"]`)))
	b.want(`String(document.getElementById("pane").hidden)`, "true")
}

// TestTotals checks the table of totals against the sentence.
func TestTotals(t *testing.T) {
	b := show(t, chromium(t), 120, "space=rongcloud/business")
	b.do(chromedp.Click(chromedp.CSS("#totals summary")), frames())
	cells := eval[[]string](b, `[...document.querySelectorAll("#totals-table tbody tr")].find(r => r.textContent.startsWith("1008")).innerText.split(/\t/)`)
	heads := eval[[]string](b, `[...document.querySelectorAll("#totals-table thead th")].map(h => h.lastChild.textContent)`)
	text := cells[0] + " is reached from " + cells[2] + " calls"
	sep := ": "
	for i, n := range cells[3:] {
		if n != "0" {
			text += sep + heads[i+3] + " in " + n
			sep = ", "
		}
	}
	if want := sentence(t, 120, "1008"); text != want {
		t.Errorf("the table says %s; want %s", text, want)
	}
}

// axe is the accessibility checker, fetched from its registry for the run of the test.
func axe(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, args := range [][]string{{"npm", "pack", "--silent", "axe-core@4.14.1"}, {"tar", "-xzf", "axe-core-4.14.1.tgz"}} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "package", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAccessibility(t *testing.T) {
	ctx := chromium(t)
	script := axe(t)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1440, 420} {
			t.Run(fmt.Sprintf("%s-%d", scheme, width), func(t *testing.T) {
				b := show(t, ctx, 120, "space=rongcloud/business")
				b.do(chromedp.EmulateViewport(width, 900), colors(scheme), run(script))
				b.audit("the matrix")
				b.do(run(`document.getElementById("totals").open = true`), frames())
				b.audit("the totals")
				b.do(run(`document.querySelector("#rows tr:nth-child(4) td:nth-child(3)").click()`), frames())
				b.audit("the pane")
				b.do(run(`document.querySelector(".close").click(); document.getElementById("code").value = "9999"; document.getElementById("code").dispatchEvent(new Event("input"))`), frames())
				b.audit("no rows")
				b.do(run(`document.getElementById("code").value = "1008"; document.getElementById("code").dispatchEvent(new Event("input"))`), frames())
				b.audit("one code")
			})
		}
	}
}

func colors(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
}

func (b *browser) audit(what string) {
	b.t.Helper()
	result := eval[string](b, `axe.run().then(r => JSON.stringify({
		passes: r.passes.length,
		violations: r.violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.map(n => "  " + n.target + " " + n.failureSummary).join("\n")),
	}))`)
	var out struct {
		Passes     int
		Violations []string
	}
	if err := json.Unmarshal([]byte(result), &out); err != nil {
		b.t.Fatal(err)
	}
	if out.Passes < 15 {
		b.t.Errorf("%s: only %d rules passed", what, out.Passes)
	}
	for _, v := range out.Violations {
		b.t.Errorf("%s: %s", what, v)
	}
}

// TestLarge checks that 5,000 calls cost little more than 100 where a reader waits: they put
// no more into the document, scrolling takes at most three times as long, a filter at most
// five times. The page, 50 times as large, opens in at most 15 times the time.
func TestLarge(t *testing.T) {
	ctx := chromium(t)
	type figures struct{ Elements, Open, Scroll, Filter float64 }
	measure := func(sites int) figures {
		b := show(t, ctx, sites, "space=rongcloud/business")
		return eval[figures](b, `(async () => {
			const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
			const box = document.getElementById("scroller"), query = document.getElementById("query");
			const time = async (n, step) => {
				const list = [];
				for (let i = 0; i < n; i++) {
					const start = performance.now();
					await step(i);
					void box.offsetHeight;
					list.push(performance.now() - start);
				}
				return median(list);
			};
			const scrolled = () => new Promise(r => { box.addEventListener("scroll", () => requestAnimationFrame(() => r()), { once: true }); });
			const scroll = await time(31, async (i) => { const done = scrolled(); box.scrollTop = i % 2 ? 0 : 350; await done; });
			const filter = await time(31, (i) => { query.value = i % 2 ? "send" : "join"; query.dispatchEvent(new Event("input")); });
			query.value = ""; query.dispatchEvent(new Event("input"));
			const open = performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
			return { Open: open, Elements: document.getElementsByTagName("*").length, Scroll: scroll, Filter: filter };
		})()`)
	}
	small, large := measure(100), measure(5000)
	t.Logf("100 calls: %+v; 5,000: %+v", small, large)
	if large.Elements > 1.6*small.Elements {
		t.Errorf("%v elements for 5,000 calls, %v for 100", large.Elements, small.Elements)
	}
	if large.Open > 15*max(small.Open, 10) {
		t.Errorf("a page of 5,000 calls takes %v ms to open, one of 100 %v", large.Open, small.Open)
	}
	if large.Scroll > 3*max(small.Scroll, 1) {
		t.Errorf("a scroll takes %v ms with 5,000 calls, %v with 100", large.Scroll, small.Scroll)
	}
	if large.Filter > 5*max(small.Filter, 1) {
		t.Errorf("a filter takes %v ms with 5,000 calls, %v with 100", large.Filter, small.Filter)
	}
}

// TestPrint checks that paper has all rows, and that the screen has its few again behind it.
func TestPrint(t *testing.T) {
	b := show(t, chromium(t), 300, "space=rongcloud/business")
	before := eval[int](b, `document.querySelectorAll("#rows tr").length`)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "print.pdf", pdf)
	if got := strings.Count(string(pdf), "/Type /Page\n"); got < 3 {
		t.Errorf("%d pages", got)
	}
	b.do(frames())
	if after := eval[int](b, `document.querySelectorAll("#rows tr").length`); after != before {
		t.Errorf("%d rows before, %d behind it", before, after)
	}
}

// keep writes a file to look at, if somebody named a folder for it.
func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	dir := os.Getenv("RETCODE_SHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// shot takes a picture of a page.
func (b *browser) shot(width, height int64, scheme, click string) []byte {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height), colors(scheme), frames())
	if click != "" {
		b.do(run(`document.querySelector("`+click+`").click()`), frames())
	}
	data, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	return data
}

// TestShots takes pictures to look at: they are kept where RETCODE_SHOTS names a folder.
func TestShots(t *testing.T) {
	ctx := chromium(t)
	for _, tt := range []struct {
		name, hash, scheme string
		width, height      int64
		click              string
	}{
		{"light", "space=postgresql/sqlstate", "light", 1440, 900, ""},
		{"dark", "space=rongcloud/business", "dark", 1440, 900, "#rows tr:nth-child(4) td:nth-child(2)"},
		{"narrow", "space=rongcloud/business", "light", 420, 860, ""},
		{"narrow-pane", "space=rongcloud/business", "dark", 420, 860, "#rows tr:nth-child(3) td:nth-child(2)"},
		{"code", "space=rongcloud/business&code=1008", "dark", 1280, 800, ""},
		{"totals", "space=grpc/code", "light", 1280, 900, "#totals summary"},
	} {
		data := show(t, ctx, 120, tt.hash).shot(tt.width, tt.height, tt.scheme, tt.click)
		img, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || int64(img.Width) != tt.width || int64(img.Height) != tt.height {
			t.Errorf("%s: a picture of %d by %d: %v", tt.name, img.Width, img.Height, err)
		}
		keep(t, tt.name+".png", data)
	}
}

var update = flag.Bool("update", false, "write the picture that the documentation shows")

// TestPicture takes the picture that the documentation shows, and writes it with -update.
// Fonts differ between machines: what is compared is that it is there, and its size.
func TestPicture(t *testing.T) {
	const name = "../../../../docs/map.png"
	data := show(t, chromium(t), 60, "space=rongcloud/business").shot(1200, 720, "light", "#rows tr:nth-child(4) td:nth-child(2)")
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		var b bytes.Buffer
		enc := png.Encoder{CompressionLevel: png.BestCompression}
		if err := enc.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if old, err := png.DecodeConfig(f); err != nil || old.Width != img.Bounds().Dx() || old.Height != img.Bounds().Dy() {
		t.Errorf("docs/map.png is %d by %d (%v); write it with -update", old.Width, old.Height, err)
	}
}
