package analyzer_test

import (
	"fmt"
	"strings"
)

// A generator writes Go programs around codes: what it writes next is chosen by bytes, so
// that a fuzzer can steer it. Each program type-checks, but for unused names.
type generator struct {
	choices []byte
	out     strings.Builder
	scopes  []map[string]kind
	funcs   []function // those written so far, which later ones may call
	result  []kind     // of the function that is being written
	depth   int
	budget  int // of statements, for the whole program
	loops   int // around this place
	names   int
	again   bool // a label to go back to stands at the head of the function
	named   bool // the function's error has a name
	lean    bool // the file imports neither net/http nor the constants
}

// A kind is a type of the programs.
type kind string

const (
	fault   kind = "error"
	code    kind = "int"
	truth   kind = "bool"
	result  kind = "sdk.CodeResult"
	reply   kind = "*http.Response"
	octets  kind = "[]byte"
	decoded kind = "map[string]any"
	text    kind = "string"
	action  kind = "func() error"
	own     kind = "*Failure"
	client  kind = "*sdk.RongCloud"
	list    kind = "[]error"
)

var kinds = []kind{fault, code, truth, result, fault, reply, octets, decoded, text, action, own, list, fault, code}

// A function is one that can be called: its name with receiver or type arguments.
type function struct {
	name    string
	params  []kind
	results []kind
}

// numbers are documented codes of both spaces, successes, and numbers that are no codes.
var numbers = []string{
	"200", "1008", "1050", "1002", "429", "500", "504", "404", "10000", "25416", "24356", "1000", "1004", "20003", "25410", "-1", "0", "0x3F0", "1_008", "401", "(1008)", "int(1050)", "999999",
}

func (g *generator) pick(n int) int {
	if n <= 1 || len(g.choices) == 0 {
		return 0
	}
	c := int(g.choices[0])
	g.choices = g.choices[1:]
	return c % n
}

func (g *generator) one(of ...string) string { return of[g.pick(len(of))] }

func (g *generator) writef(format string, args ...any) { fmt.Fprintf(&g.out, format, args...) }

func (g *generator) block(write func()) {
	g.scopes = append(g.scopes, make(map[string]kind))
	g.depth++
	write()
	g.depth--
	g.scopes = g.scopes[:len(g.scopes)-1]
}

// name returns a name for a new variable, which often shadows another one.
func (g *generator) name() string {
	name := g.one("err", "code", "x", "res", "err", "http", "fmt2", "e")
	here := g.scopes[len(g.scopes)-1]
	if _, taken := here[name]; taken {
		return g.fresh()
	}
	return name
}

// fresh returns a name that shadows none.
func (g *generator) fresh() string {
	g.names++
	return fmt.Sprintf("v%d", g.names)
}

func (g *generator) declare(name string, k kind) { g.scopes[len(g.scopes)-1][name] = k }

// variable returns a variable of a kind that is visible here.
func (g *generator) variable(k kind) (string, bool) {
	var all []string
	seen := make(map[string]bool)
	for i := len(g.scopes) - 1; i >= 0; i-- {
		for _, name := range []string{"err", "code", "x", "res", "e", "rc", "s", "n", "call", "body"} {
			if t, ok := g.scopes[i][name]; ok && !seen[name] {
				seen[name] = true
				if t == k {
					all = append(all, name)
				}
			}
		}
		for j := 1; j <= g.names; j++ {
			name := fmt.Sprintf("v%d", j)
			if t, ok := g.scopes[i][name]; ok && t == k {
				all = append(all, name)
			}
		}
	}
	if len(all) == 0 {
		return "", false
	}
	return all[g.pick(len(all))], true
}

// called writes a call of a function of the program whose results are the given ones.
func (g *generator) called(results ...kind) (string, bool) {
	var fit []function
	for _, f := range g.funcs {
		if equal(f.results, results) {
			fit = append(fit, f)
		}
	}
	if len(fit) == 0 || g.depth > 8 {
		return "", false
	}
	f := fit[g.pick(len(fit))]
	args := make([]string, len(f.params))
	for i, p := range f.params {
		args[i] = g.expr(p)
	}
	return f.name + "(" + strings.Join(args, ", ") + ")", true
}

func equal(a, b []kind) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// expr writes an expression of a kind.
func (g *generator) expr(k kind) string {
	g.depth++
	defer func() { g.depth-- }()
	deep := g.depth > 7
	if g.pick(3) > 0 || deep {
		if v, ok := g.variable(k); ok {
			return v
		}
	}
	if !deep && g.pick(4) == 1 {
		if c, ok := g.called(k); ok {
			return c
		}
	}
	switch k {
	case fault:
		return g.fault(deep)
	case code:
		return g.number(deep)
	case truth:
		return g.truth(deep)
	case result:
		return g.one("(sdk.CodeResult{})", "(sdk.CodeResult{Code: "+g.constant()+"})", "(sdk.CodeResult{1008, \"\"})")
	case reply:
		return "fetch(\"/user/refresh.json\")"
	case octets:
		if deep {
			return "[]byte(\"{}\")"
		}
		return g.one("read(fetch(\"/message/publish.json\"))", "[]byte("+g.expr(text)+")")
	case decoded:
		return "decode(" + g.expr(octets) + ")"
	case text:
		if deep {
			return `"1008"`
		}
		return g.one(`"1008"`, g.expr(fault)+".Error()", "strconv.Itoa("+g.expr(code)+")", "fmt.Sprint("+g.expr(fault)+")", `"code "+`+g.expr(text), "string("+g.expr(octets)+")")
	case action:
		if deep || g.budget <= 0 {
			return "nothing"
		}
		return g.closure()
	case own:
		return g.one("(&Failure{})", "(&Failure{Code: "+g.expr(code)+"})", "(&Failure{Err: "+g.expr(fault)+"})")
	case list:
		return "([]error{" + g.expr(fault) + "})"
	case client:
		return "sdk.NewRongCloud(\"\", \"\", sdk.Region{})"
	}
	return "*new(T)"
}

// closure writes a function literal: a function within the function.
func (g *generator) closure() string {
	outer, loops, results, again, named := g.out, g.loops, g.result, g.again, g.named
	g.out, g.loops, g.result, g.again, g.named = strings.Builder{}, 0, []kind{fault}, false, false
	g.block(func() {
		g.statements()
		g.writef("return %s\n", g.expr(fault))
	})
	body := g.out.String()
	g.out, g.loops, g.result, g.again, g.named = outer, loops, results, again, named
	return "func() error {\n" + body + "}"
}

func (g *generator) fault(deep bool) string {
	rc, ok := g.variable(client)
	if !ok {
		rc = "shared"
	}
	api := func() string {
		return g.one(rc+`.BlockRemove("a")`, rc+`.UserUpdate("a", "b", "c")`, rc+`.ChatRoomDestroy("a")`, `sdk.RCErrorNew(`+g.constant()+`, "no")`, rc+`.BlockRemove("b")`)
	}
	if deep {
		return g.one(api(), "ErrBusy")
	}
	switch g.pick(12) {
	case 1:
		return fmt.Sprintf("fmt.Errorf(\"x: %%w\", %s)", g.expr(fault))
	case 2:
		return fmt.Sprintf("fmt.Errorf(\"x: %%v\", %s)", g.expr(fault))
	case 3:
		return fmt.Sprintf("errors.Join(%s, %s)", g.expr(fault), g.expr(fault))
	case 4:
		return "errors.New(\"failed\")"
	case 5:
		return "error(" + g.expr(own) + ")"
	case 6:
		return "error(" + g.expr(result) + ")"
	case 7:
		return "ErrBusy"
	case 8:
		return g.expr(action) + "()"
	case 9:
		return "keep(" + g.expr(fault) + ")"
	case 10:
		return "error(nil)"
	}
	return api()
}

// constant writes a number that may be a code, or the name of one.
func (g *generator) constant() string {
	if g.pick(3) == 1 {
		if g.lean {
			return g.one("Limited", "TimedOut", "Busy", "Other")
		}
		return g.one("Limited", "TimedOut", "Busy", "codes.Limited", "codes.Gone", "Other")
	}
	return numbers[g.pick(len(numbers))]
}

func (g *generator) number(deep bool) string {
	if deep {
		return g.constant()
	}
	switch g.pick(9) {
	case 1:
		return g.expr(result) + ".Code"
	case 2:
		return g.expr(result) + ".ErrorCode()"
	case 3:
		return g.expr(reply) + ".StatusCode"
	case 4:
		return g.expr(own) + ".Code"
	case 5:
		return fmt.Sprintf("int(%s[\"code\"].(float64))", g.expr(decoded))
	case 6:
		return fmt.Sprintf("(%s %s %s)", g.expr(code), g.one("+", "/", "%", "*"), g.one("100", "10", "1000"))
	case 7:
		return "identity(" + g.expr(code) + ")"
	}
	return g.constant()
}

func (g *generator) truth(deep bool) string {
	if deep {
		return g.expr(code) + " == " + g.constant()
	}
	switch g.pick(16) {
	case 1:
		return g.expr(fault) + " != nil"
	case 2:
		return g.expr(fault) + " == nil"
	case 3:
		return g.expr(code) + g.one(" == ", " != ", " >= ", " < ") + g.constant()
	case 4:
		return g.constant() + g.one(" == ", " != ") + g.expr(code)
	case 5:
		return fmt.Sprintf("slices.Contains([]int{%s, %s}, %s)", g.constant(), g.constant(), g.expr(code))
	case 6, 7:
		if v, ok := g.variable(result); ok {
			return fmt.Sprintf("errors.As(%s, &%s)", g.expr(fault), v)
		}
		if v, ok := g.variable(own); ok {
			return fmt.Sprintf("errors.As(%s, &%s)", g.expr(fault), v)
		}
	case 8:
		return "!(" + g.expr(truth) + ")"
	case 9:
		return "(" + g.expr(truth) + " && " + g.expr(truth) + ")"
	case 10:
		return "(" + g.expr(truth) + " || " + g.expr(truth) + ")"
	case 11:
		return fmt.Sprintf("strings.%s(%s, %q)", g.one("Contains", "HasPrefix", "EqualFold"), g.expr(text), g.one("1008", "code 1050", "x"))
	case 12:
		return "retryable[" + g.expr(code) + "]"
	case 13:
		return "errors.Is(" + g.expr(fault) + ", " + g.expr(fault) + ")"
	case 14:
		return g.expr(text) + " == " + g.one(`"1008"`, g.expr(text))
	case 15:
		return "stable(" + g.expr(fault) + ")"
	}
	return g.expr(code) + " == " + g.constant()
}
