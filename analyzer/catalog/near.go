package catalog

import (
	"slices"
	"strings"
)

// Nearest returns the failure code that v is most likely a misspelling of: two neighbouring
// characters are swapped or one differs, or, of texts of any length, one is missing or too much.
// A swap goes first, then, of integers, the smaller difference, then the smaller code.
func (s *Space) Nearest(v Value) (Code, bool) {
	var best Code
	found, bestSwap, bestDiff := false, false, uint64(0)
	fixed := s.Kind != StringKind || s.Form.Length > 0
	letters := func(text string) []byte { return slices.Sorted(slices.Values([]byte(text))) }
	for _, c := range s.Codes {
		a, b := v.String(), c.Value.String()
		if v.kind != c.Value.kind || s.Succeeds(c.Value) || fixed && len(a) != len(b) || min(len(a), len(b)) < shortest || distance(a, b) != 1 {
			continue
		}
		swap := slices.Equal(letters(a), letters(b))
		diff := uint64(max(v.num, c.Value.num)) - uint64(min(v.num, c.Value.num))
		if !found || swap && !bestSwap || swap == bestSwap && diff < bestDiff {
			best, found, bestSwap, bestDiff = c, true, swap, diff
		}
	}
	return best, found
}

// shortest is how many characters a code must have to be taken for another's misspelling.
const shortest = 3

// Closest returns the known word that word misspells, whatever the case of its letters, or ""
// if it is like none: the name of a space, a group, a directive or a flag.
func Closest(word string, known []string) string {
	best, least := "", 1+max(1, len(word)/3)
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the bytes to insert, delete, replace or swap with the next one to make b
// of a.
func distance(a, b string) int {
	var before, above []int // two rows of the table and one row
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, above, row = above, row, slices.Repeat([]int{i}, len(b)+1)
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
