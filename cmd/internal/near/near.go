// Package near says which word was meant by a misspelt one.
package near

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// Suffix returns "; did you mean X?" for a misspelt word, or "".
func Suffix(word string, known []string) string {
	if w := catalog.Closest(word, known); w != "" {
		return "; did you mean " + w + "?"
	}
	return ""
}

// OneOf returns an error for a word that is none of the known: what it is, which one was
// meant, and what there is.
func OneOf(what, word string, known []string) error {
	if slices.Contains(known, word) {
		return nil
	}
	return fmt.Errorf("unknown %s %q%s; use one of %s", what, word, Suffix(word, known), strings.Join(known, ", "))
}
