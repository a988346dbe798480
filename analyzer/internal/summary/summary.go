package summary

import "math"

// Stack is the questions that are being answered. Memos that ask each other share one; it is
// not safe for concurrent use.
type Stack struct {
	open []*question
	kept []provisional
}

// A question is one that is being answered.
type question struct {
	low   int  // the lowest question that its answer hangs on
	first int  // the answers in kept from here on were found for it
	asked bool // it was asked while it is being answered
}

// provisional is an answer that hangs on a question that is still open.
type provisional struct {
	low    *int
	forget func()
}

// final is the low of an answer that hangs on no open question.
const final = math.MaxInt

// hang notes that the question being answered hangs on another.
func (s *Stack) hang(low int) {
	if n := len(s.open); n > 0 && low < s.open[n-1].low {
		s.open[n-1].low = low
	}
}

// begin opens a question.
func (s *Stack) begin() *question {
	q := &question{low: len(s.open), first: len(s.kept)}
	s.open = append(s.open, q)
	return q
}

// again begins to answer the last question anew: what was found for it is forgotten.
func (s *Stack) again(q *question) {
	for _, p := range s.kept[q.first:] {
		p.forget()
	}
	s.kept = s.kept[:q.first]
	q.low, q.asked = len(s.open)-1, false
}

// end closes the last question, and says on what its answer hangs.
func (s *Stack) end(q *question) int {
	s.open = s.open[:len(s.open)-1]
	low := q.low
	if low == len(s.open) {
		low = final
	}
	for _, p := range s.kept[q.first:] {
		if low == final || low < *p.low {
			*p.low = low
		}
	}
	if low == final {
		s.kept = s.kept[:q.first]
	}
	s.hang(low)
	return low
}

// Memo keeps the answers to one kind of question. Answers come from a lattice of finite height:
// what is assumed of an open question moves one way only, so a question is answered anew
// finitely often.
type Memo[K comparable, V any] struct {
	stack   *Stack
	start   V
	combine func(assumed, found V) V
	same    func(v, w V) bool
	answers map[K]*answer[V]
}

type answer[V any] struct {
	value V
	low   int
	open  *question // nil if it is answered
}

// New returns a memo. An open question is assumed to have the answer start, and then what
// combine makes of that and what is found.
func New[K comparable, V any](s *Stack, start V, combine func(assumed, found V) V, same func(v, w V) bool) *Memo[K, V] {
	return &Memo[K, V]{stack: s, start: start, combine: combine, same: same, answers: make(map[K]*answer[V])}
}

// Least returns a memo of questions to which a cycle by itself answers no.
func Least[K comparable](s *Stack) *Memo[K, bool] {
	return New[K](s, false, func(v, w bool) bool { return v || w }, func(v, w bool) bool { return v == w })
}

// Greatest returns a memo of questions to which a cycle by itself answers yes.
func Greatest[K comparable](s *Stack) *Memo[K, bool] {
	return New[K](s, true, func(v, w bool) bool { return v && w }, func(v, w bool) bool { return v == w })
}

// Get returns the answer for k, which find finds where it is not known.
func (m *Memo[K, V]) Get(k K, find func() V) V {
	if a := m.answers[k]; a != nil {
		if a.open != nil {
			a.open.asked = true
		}
		m.stack.hang(a.low)
		return a.value
	}
	q := m.stack.begin()
	a := &answer[V]{value: m.start, low: q.low, open: q}
	m.answers[k] = a
	for {
		v := m.combine(a.value, find())
		agreed := !q.asked || m.same(v, a.value)
		a.value = v
		if agreed {
			break
		}
		m.stack.again(q)
	}
	a.open = nil
	if a.low = m.stack.end(q); a.low != final {
		m.stack.kept = append(m.stack.kept, provisional{&a.low, func() { delete(m.answers, k) }})
	}
	return a.value
}

// Derived keeps what follows from the answers of memos, and is no answer from a lattice: nothing
// is assumed of it. Where it is asked for while it is being found it is found again, which ends
// because memos stand between; where none does, nothing is found.
type Derived[K comparable, V any] struct {
	stack   *Stack
	answers map[K]*answer[V]
	finding map[K][]int // where it is being found
}

// maxFinding is more often than memos let the same be found within itself.
const maxFinding = 64

// NewDerived returns an empty memo of that kind.
func NewDerived[K comparable, V any](s *Stack) *Derived[K, V] {
	return &Derived[K, V]{stack: s, answers: make(map[K]*answer[V]), finding: make(map[K][]int)}
}

// Get returns what is known for k, or finds it.
func (d *Derived[K, V]) Get(k K, find func() V) V {
	if a := d.answers[k]; a != nil {
		d.stack.hang(a.low)
		return a.value
	}
	if at := d.finding[k]; len(at) >= maxFinding {
		d.stack.hang(at[0])
		return *new(V)
	}
	q := d.stack.begin()
	d.finding[k] = append(d.finding[k], q.low)
	a := &answer[V]{value: find()}
	if at := d.finding[k]; len(at) > 1 {
		d.finding[k] = at[:len(at)-1]
	} else {
		delete(d.finding, k)
	}
	d.answers[k] = a
	if a.low = d.stack.end(q); a.low != final {
		d.stack.kept = append(d.stack.kept, provisional{&a.low, func() {
			if d.answers[k] == a {
				delete(d.answers, k)
			}
		}})
	}
	return a.value
}
