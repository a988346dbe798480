package change

import (
	"fmt"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// A pair is a call in the old report and the same in the new one; nil where it has none.
type pair struct{ old, new *Place }

// match finds the calls of two reports that are the same: first those of the same function
// and callee; of several such, those that are handled alike, in their order, and then the
// rest in its order. Of what is left, a call that is handled as before but in a function of
// another name was moved there, if only one can be meant.
func match(olds, news []*Place) []pair {
	var out []pair
	groups := make(map[string][2][]*Place)
	var keys []string
	for i, list := range [][]*Place{olds, news} {
		for _, p := range list {
			key := strings.Join([]string{p.Package, p.Site.Function, p.Site.Call, p.Site.Space}, "\x00")
			group, ok := groups[key]
			if !ok {
				keys = append(keys, key)
			}
			group[i] = append(group[i], p)
			groups[key] = group
		}
	}
	var gone, added []*Place
	for _, key := range keys {
		for _, p := range align(groups[key][0], groups[key][1]) {
			switch {
			case p.new == nil:
				gone = append(gone, p.old)
			case p.old == nil:
				added = append(added, p.new)
			default:
				out = append(out, p)
			}
		}
	}
	return append(out, moved(gone, added)...)
}

// align pairs the calls of one function and callee.
func align(olds, news []*Place) []pair {
	var out []pair
	var o, n int
	for _, same := range common(olds, news) {
		out = append(out, inOrder(olds[o:same[0]], news[n:same[1]])...)
		out = append(out, pair{olds[same[0]], news[same[1]]})
		o, n = same[0]+1, same[1]+1
	}
	return append(out, inOrder(olds[o:], news[n:])...)
}

// inOrder pairs the first with the first.
func inOrder(olds, news []*Place) []pair {
	var out []pair
	for i := range max(len(olds), len(news)) {
		var p pair
		if i < len(olds) {
			p.old = olds[i]
		}
		if i < len(news) {
			p.new = news[i]
		}
		out = append(out, p)
	}
	return out
}

// common returns the indices of a longest common subsequence of calls handled alike.
func common(olds, news []*Place) [][2]int {
	length := make([][]int, len(olds)+1)
	for i := range length {
		length[i] = make([]int, len(news)+1)
	}
	a, b := handled(olds), handled(news)
	for i := len(olds) - 1; i >= 0; i-- {
		for j := len(news) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(olds) && j < len(news); {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

func handled(list []*Place) []string {
	var out []string
	for _, p := range list {
		out = append(out, handling(p.Site))
	}
	return out
}

// handling is what a site does, in a form that can be compared.
func handling(s *report.Site) string {
	var b strings.Builder
	for i := range s.Classes {
		c := &s.Classes[i]
		fmt.Fprintln(&b, c.Codes, c.Rest, c.Success, c.String())
	}
	fmt.Fprintln(&b, s.Untold, s.Below)
	for _, f := range s.Findings {
		fmt.Fprintln(&b, findingKey(f))
	}
	return b.String()
}

// moved pairs what is gone with what was added in the same package, if the callee and all
// that is done are the same and only one of each can be meant.
func moved(gone, added []*Place) []pair {
	key := func(p *Place) string {
		return strings.Join([]string{p.Package, p.Site.Call, p.Site.Space, handling(p.Site)}, "\x00")
	}
	count := make(map[string][2]int)
	for i, list := range [][]*Place{gone, added} {
		for _, p := range list {
			n := count[key(p)]
			n[i]++
			count[key(p)] = n
		}
	}
	var out []pair
	from := make(map[string]*Place)
	for _, p := range gone {
		if count[key(p)] == [2]int{1, 1} {
			from[key(p)] = p
		} else {
			out = append(out, pair{old: p})
		}
	}
	for _, p := range added {
		out = append(out, pair{old: from[key(p)], new: p})
	}
	return out
}
