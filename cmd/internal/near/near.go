// Package near says which word was meant by a misspelt one.
package near

import "github.com/go-retcode/retcode/analyzer/catalog"

// Suffix returns "; did you mean X?" for a misspelt word, or "".
func Suffix(word string, known []string) string {
	if w := catalog.Closest(word, known); w != "" {
		return "; did you mean " + w + "?"
	}
	return ""
}
