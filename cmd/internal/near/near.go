// Package near finds the word that was meant by a misspelt one.
package near

import (
	"slices"
	"strings"
)

// Word returns the known word that is most like word without regard to case, or "" if none
// is like it.
func Word(word string, known []string) string {
	best, least := "", 1+max(1, len(word)/3)
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// Suffix returns "; did you mean X?" for a misspelt word, or "".
func Suffix(word string, known []string) string {
	if w := Word(word, known); w != "" {
		return "; did you mean " + w + "?"
	}
	return ""
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
