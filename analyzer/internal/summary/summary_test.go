package summary_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-retcode/retcode/analyzer/internal/summary"
)

// graph is who calls whom, and which functions answer yes, or no, by themselves.
type graph struct {
	calls [][]int
	own   []bool
}

func random(r *rand.Rand) graph {
	n := 2 + r.IntN(9)
	g := graph{calls: make([][]int, n), own: make([]bool, n)}
	for i := range n {
		g.own[i] = r.IntN(6) == 0
		for range r.IntN(4) {
			g.calls[i] = append(g.calls[i], r.IntN(n))
		}
	}
	return g
}

// fixed iterates a question over all functions from one assumption until nothing changes.
func (g graph) fixed(start bool, answer func(i int, ask func(int) bool) bool) []bool {
	out := slices.Repeat([]bool{start}, len(g.calls))
	for changed := true; changed; {
		changed = false
		for i := range out {
			if v := answer(i, func(j int) bool { return out[j] }); v != out[i] {
				out[i], changed = v, true
			}
		}
	}
	return out
}

// some is whether i, or one that it calls, answers yes; every is whether none answers no.
func (g graph) some(i int, ask func(int) bool) bool {
	return g.own[i] || slices.ContainsFunc(g.calls[i], ask)
}

func (g graph) every(i int, ask func(int) bool) bool {
	return !g.own[i] && !slices.ContainsFunc(g.calls[i], func(j int) bool { return !ask(j) })
}

// TestFixedPoints asks for the functions of random call graphs in a random order, on demand, and
// wants what iteration over all of them gives.
func TestFixedPoints(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		g := random(r)
		stack := new(summary.Stack)
		least, greatest := summary.Least[int](stack), summary.Greatest[int](stack)
		derived := summary.NewDerived[int, bool](stack)
		var some, every, through func(int) bool
		some = func(i int) bool { return least.Get(i, func() bool { return g.some(i, through) }) }
		every = func(i int) bool { return greatest.Get(i, func() bool { return g.every(i, every) }) }
		through = func(i int) bool { return derived.Get(i, func() bool { return some(i) }) }
		wantSome, wantEvery := g.fixed(false, g.some), g.fixed(true, g.every)
		for _, i := range r.Perm(len(g.calls)) {
			if some(i) != wantSome[i] || every(i) != wantEvery[i] || through(i) != wantSome[i] {
				t.Fatalf("of %d in %+v: some %t, every %t", i, g, some(i), every(i))
			}
		}
	}
}

// TestDerived asks for what is found from itself alone: there is an end.
func TestDerived(t *testing.T) {
	derived := summary.NewDerived[int, int](new(summary.Stack))
	var ask func(int) int
	ask = func(i int) int { return derived.Get(i, func() int { return ask((i+1)%3) | 1<<i }) }
	if got := ask(0); got != 7 {
		t.Errorf("%b, want all three", got)
	}
}

// TestKept asks once: what is kept is not found again, and an answer found on an assumption that
// did not hold is.
func TestKept(t *testing.T) {
	stack := new(summary.Stack)
	memo := summary.Greatest[string](stack)
	found := make(map[string]int)
	var ask func(string) bool
	ask = func(name string) bool {
		return memo.Get(name, func() bool {
			found[name]++
			if name == "a" {
				ask("b")
				return false
			}
			return ask("a")
		})
	}
	if ask("a") || ask("b") || ask("a") {
		t.Error("a is false, and b with it")
	}
	if found["a"] != 2 || found["b"] != 2 {
		t.Errorf("found %v times, want each twice: with a assumed, and with a known", found)
	}
}
