package analyzer_test

import (
	"fmt"
	"strings"
)

// statements writes a few statements.
func (g *generator) statements() {
	for range 1 + g.pick(4) {
		if g.budget <= 0 || g.depth > 9 {
			return
		}
		g.budget--
		g.statement()
	}
}

func (g *generator) braces(head, tail string, write func()) {
	g.writef("%s {\n", head)
	g.block(func() {
		write()
	})
	g.writef("}%s", tail)
}

func (g *generator) statement() {
	switch g.pick(26) {
	case 0, 1, 2:
		g.definition()
	case 3:
		k := kinds[g.pick(len(kinds))]
		if v, ok := g.variable(k); ok {
			g.writef("%s = %s\n", v, g.expr(k))
			return
		}
		g.writef("_ = %s\n", g.expr(k))
	case 4:
		g.writef("%s\n", g.one("", "go ", "defer ")+g.call())
	case 5, 6, 7:
		g.condition()
	case 8:
		g.guard()
	case 9, 10:
		g.loop()
	case 11, 12:
		g.dispatch()
	case 13:
		g.types()
	case 14:
		g.writef("return %s\n", g.returned())
		g.writef("\n")
	case 15:
		g.writef("%s\n", g.one("time.Sleep(time.Second)", "time.Sleep(time.Duration("+g.expr(code)+"))", "<-time.After(time.Second)", "wait()"))
	case 16:
		g.writef("%s\n", g.one("log.Println(", "log.Print(\"failed: \", ", "log.Fatal(", "panic(")+g.expr(fault)+")")
	case 17:
		if g.loops > 0 {
			g.writef("%s\n", g.one("continue", "break"))
			return
		}
		g.writef("last = %s\n", g.expr(fault))
	case 18:
		if g.again {
			g.braces("if "+g.expr(truth), "\n", func() { g.writef("goto again\n") })
		}
	case 19:
		g.deferred()
	case 20:
		g.writef("%s\n", g.one("errs <- ", "last = ", "_ = ")+g.expr(fault))
	case 21:
		if v, ok := g.variable(list); ok {
			g.writef("%s = append(%s, %s)\n", v, v, g.expr(fault))
		}
	case 22:
		g.unmarshal()
	case 23:
		g.pair()
	case 24:
		if v, ok := g.variable(own); ok {
			g.writef("%s.%s\n", v, g.one("Code = "+g.expr(code), "Err = "+g.expr(fault)))
		}
	case 25:
		g.braces("", "\n", g.statements)
	}
}

func (g *generator) definition() {
	k := kinds[g.pick(len(kinds))]
	value := g.expr(k)
	name := g.name()
	if k == reply { // its type may have a hidden name here
		g.writef("%s := %s\n", name, value)
	} else {
		g.writef("var %s %s = %s\n", name, k, value)
	}
	g.declare(name, k)
}

func (g *generator) call() string {
	if c, ok := g.called(fault); ok && g.pick(2) == 1 {
		return c
	}
	return g.one(`shared.BlockRemove("a")`, "note("+g.expr(fault)+")", "repeat("+g.expr(action)+")")
}

func (g *generator) condition() {
	if g.pick(3) == 1 {
		g.writef("if ")
		g.block(func() {
			value := g.expr(fault)
			name := g.name()
			g.declare(name, fault)
			g.writef("%s := %s; %s != nil {\n", name, value, name)
			g.block(g.statements)
			g.writef("}\n")
		})
		return
	}
	g.braces("if "+g.expr(truth), "", func() {
		if g.pick(6) > 0 {
			g.statements()
		}
	})
	for g.pick(4) == 1 && g.budget > 0 {
		g.braces(" else if "+g.expr(truth), "", g.statements)
	}
	if g.pick(3) == 1 {
		g.braces(" else", "", g.statements)
	}
	g.writef("\n")
}

// guard leaves with the error that it finds.
func (g *generator) guard() {
	if v, ok := g.variable(fault); ok {
		g.braces("if "+v+" != nil", "\n", func() { g.writef("return %s\n", g.returned()) })
	}
}

func (g *generator) returned() string {
	if g.named && g.pick(3) == 1 && !g.shadowed("err") {
		return ""
	}
	values := make([]string, len(g.result))
	for i, k := range g.result {
		values[i] = g.expr(k)
	}
	return strings.Join(values, ", ")
}

// shadowed reports whether a name of the function's own scope means another variable here.
func (g *generator) shadowed(name string) bool {
	n := 0
	for _, s := range g.scopes {
		if _, ok := s[name]; ok {
			n++
		}
	}
	return n > 1
}

func (g *generator) loop() {
	head := ""
	switch g.pick(6) {
	case 0:
		head = "for range 3"
	case 1:
		head = "for i := 0; i < 3; i++"
	case 2:
		head = "for"
	case 3:
		head = "for " + g.expr(truth)
	case 4:
		head = "for range []string{\"a\", \"b\"}"
	case 5:
		head = "for range time.Tick(time.Second)"
	}
	g.loops++
	g.braces(head, "\n", func() {
		g.statements()
		if head == "for" {
			g.braces("if "+g.expr(truth), "\n", func() { g.writef("break\n") })
		}
	})
	g.loops--
}

// dispatch writes a switch over a code. Its cases are different numbers.
func (g *generator) dispatch() {
	tag := g.pick(4)
	head := "switch"
	if tag > 0 {
		head = "switch " + g.expr(code)
	}
	g.loops++ // a break leaves the switch
	wasLoop := g.loops > 1
	g.writef("%s {\n", head)
	first := g.pick(6)
	for i := range 1 + g.pick(4) {
		if tag == 0 {
			g.writef("case %s:\n", g.expr(truth))
		} else {
			g.writef("case %s, %d:\n", numbers[(first+i)%6], 20000+g.pick(8)+10*i)
		}
		g.block(func() {
			if wasLoop || g.loops == 1 {
				loops := g.loops
				if !wasLoop {
					g.loops = 0 // no continue here
				}
				g.statements()
				g.loops = loops
			}
		})
		if g.pick(8) == 1 {
			g.writef("fallthrough\ncase %d == 0:\n", i)
			if tag > 0 {
				g.rewriteLast(fmt.Sprintf("case %d == 0:\n", i), fmt.Sprintf("case %d:\n", 30000+i))
			}
		}
	}
	if g.pick(2) == 1 {
		g.writef("default:\n")
		loops := g.loops
		if !wasLoop {
			g.loops = 0
		}
		g.block(g.statements)
		g.loops = loops
	}
	g.writef("}\n")
	g.loops--
}

// rewriteLast replaces what was written last.
func (g *generator) rewriteLast(old, with string) {
	s := strings.TrimSuffix(g.out.String(), old) + with
	g.out.Reset()
	g.out.WriteString(s)
}

func (g *generator) types() {
	value := g.expr(fault)
	if g.pick(2) == 1 {
		g.braces("if v0, ok := "+value+".("+g.one("sdk.CodeResult", "*sdk.CodeResult", "*Failure", "sdk.CodeResultV2")+"); ok", "\n", func() {
			g.writef("_ = v0\n")
			g.statements()
		})
		return
	}
	g.writef("switch v0 := %s.(type) {\n", value)
	loops := g.loops
	g.loops = 0
	for _, t := range []string{"sdk.CodeResult", "*Failure", "nil", "interface{ Unwrap() error }"}[g.pick(4):] {
		g.writef("case %s:\n_ = v0\n", t)
		g.block(g.statements)
	}
	g.loops = loops
	g.writef("}\n")
}

func (g *generator) deferred() {
	target := "last"
	if g.named && !g.shadowed("err") {
		target = "err"
	}
	value := g.expr(fault)
	switch g.pick(3) {
	case 0:
		g.writef("defer func() {\nif caught := recover(); caught != nil { %s = %s }\n}()\n", target, value)
	case 1:
		g.writef("defer func() {\nif %s != nil { log.Print(%s) }\n}()\n", target, target)
	case 2:
		g.writef("defer func() { note(%s) }()\n", value)
	}
}

func (g *generator) unmarshal() {
	body := g.expr(octets)
	name := g.fresh()
	shape := g.one("Envelope[int]", "sdk.CodeResult", "struct{ Code int; ErrorMessage string }", "map[string]any")
	g.writef("var %s %s\n", name, shape)
	g.declare(name, kind(shape))
	if g.pick(3) > 0 {
		g.writef("if json.Unmarshal(%s, &%s) != nil { return %s }\n", body, name, g.returned())
	} else {
		g.writef("_ = json.Unmarshal(%s, &%s)\n", body, name)
	}
	if shape != "map[string]any" && g.pick(2) == 1 {
		g.braces("if "+name+".Code != "+g.constant(), "\n", g.statements)
	}
}

// pair takes two results at once.
func (g *generator) pair() {
	call, ok := g.called(result, fault)
	if !ok || g.pick(3) == 1 {
		call = "lookup(" + g.expr(action) + ")"
	}
	a := g.one("_", g.fresh())
	if a != "_" {
		g.writef("var %s sdk.CodeResult\n", a)
		g.declare(a, result)
	}
	b := g.fresh()
	g.writef("var %s error\n", b)
	g.declare(b, fault)
	g.writef("%s, %s = %s\n", a, b, call)
}
