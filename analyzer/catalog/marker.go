package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Marker is a text that only errors of this API have, with a code in it: "SQLSTATE {code}",
// "code = {name}". People look for one in the text of an error.
type Marker struct {
	Space  string
	Before string // what stands before the code
	Gives  Gives  // what stands for the code
	After  string
}

// A Prose is a text without a code that only errors with this code have.
type Prose struct {
	Text  string `yaml:"text"`
	Space string `yaml:"space"`
	Code  Value  `yaml:"code"`
}

// A Mention is a code in a text.
type Mention struct {
	Start, End int    // where the marker or prose stands in the text
	Text       string // what stands for the code, as it is written
	Code       Code
	Known      bool // Code is the code; else the text is no documented one
	Prose      bool // the text has no code; it is prose that stands for one
}

// String returns the marker as a data file has it.
func (m Marker) String() string { return m.Before + "{" + string(m.Gives) + "}" + m.After }

// Mentions returns the codes that text mentions by the markers and prose of the catalog whose
// codes are of space s, from left to right. The case of letters makes no difference, since
// programs compare lower-cased texts.
func (c *Catalog) Mentions(s *Space, text string) []Mention {
	var found []Mention
	add := func(m Mention) {
		i := 0
		for i < len(found) && found[i].Start <= m.Start {
			i++
		}
		found = append(found[:i], append([]Mention{m}, found[i:]...)...)
	}
	for _, m := range c.Markers {
		if m.Space == s.Name {
			m.find(s, text, add)
		}
	}
	for _, p := range c.Prose {
		code, ok := s.Find(p.Code)
		if p.Space != s.Name || !ok {
			continue
		}
		if i := indexFold(text, p.Text); i >= 0 && !covered(found, i, i+len(p.Text)) {
			add(Mention{Start: i, End: i + len(p.Text), Text: text[i : i+len(p.Text)], Code: code, Known: true, Prose: true})
		}
	}
	return found
}

// covered reports whether text between start and end overlaps a mention.
func covered(found []Mention, start, end int) bool {
	for _, m := range found {
		if start < m.End && m.Start < end {
			return true
		}
	}
	return false
}

// find calls add for every place of the marker in text.
func (m Marker) find(s *Space, text string, add func(Mention)) {
	for at := 0; ; {
		i := indexFold(text[at:], m.Before)
		if i < 0 {
			return
		}
		start, word := at+i, at+i+len(m.Before)
		end := word + wordLen(text[word:])
		at = max(end, start+1)
		if end == word || m.Before == "" || joined(text, start, m.Before) || !hasPrefixFold(text[end:], m.After) {
			continue
		}
		code, known := s.named(m.Gives, text[word:end])
		if !known && (m.Gives != GivesCode || !s.Form.fits(text[word:end], s.Kind, true)) {
			continue
		}
		add(Mention{Start: start, End: end + len(m.After), Text: text[word:end], Code: code, Known: known})
	}
}

// joined reports whether before, which stands at start, continues a word of text.
func joined(text string, start int, before string) bool {
	first, _ := utf8.DecodeRuneInString(before)
	last, _ := utf8.DecodeLastRuneInString(text[:start])
	return wordRune(first) && wordRune(last)
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordLen returns the length of the word that s begins with.
func wordLen(s string) int {
	for i, r := range s {
		if !wordRune(r) {
			return i
		}
	}
	return len(s)
}

// named returns the code for which word stands.
func (s *Space) named(g Gives, word string) (Code, bool) {
	for _, c := range s.Codes {
		if text := c.Text(g); text != "" && strings.EqualFold(text, word) {
			return c, true
		}
	}
	return Code{}, false
}

// Fits reports whether v has the form of a code of s, documented or not.
func (s *Space) Fits(v Value) bool { return v.kind == s.Kind && s.Form.fits(v.String(), s.Kind, false) }

// fits reports whether text has the form; fold says whether the case of letters is ignored.
func (f Form) fits(text string, kind Kind, fold bool) bool {
	if f.Length > 0 && len(text) != f.Length {
		return false
	}
	ranges := f.Characters
	if ranges == "" && kind == IntKind {
		text, ranges = strings.TrimPrefix(text, "-"), "0-9"
	}
	for _, r := range text {
		if ranges != "" && !inRanges(ranges, r) && !(fold && inRanges(ranges, unicode.ToUpper(r))) {
			return false
		}
	}
	return text != ""
}

// inRanges reports whether r is in ranges such as "0-9A-Z".
func inRanges(ranges string, r rune) bool {
	rs := []rune(ranges)
	for i := 0; i < len(rs); i++ {
		if i+2 < len(rs) && rs[i+1] == '-' {
			if rs[i] <= r && r <= rs[i+2] {
				return true
			}
			i += 2
			continue
		}
		if rs[i] == r {
			return true
		}
	}
	return false
}

// indexFold is strings.Index without regard to the case of ASCII letters.
func indexFold(s, sub string) int {
	for i := 0; i+len(sub) <= len(s); i++ {
		if sub != "" && (s[i]^sub[0])&^0x20 != 0 {
			continue // not even but for its case
		}
		if strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
