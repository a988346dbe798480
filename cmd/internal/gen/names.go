package gen

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"unicode"
)

// initialisms are written in capitals in Go names.
var initialisms = []string{
	"API", "CPU", "DB", "DNS", "HTTP", "HTTPS", "ID", "IO", "IP", "JSON", "JWT", "OK", "QPS", "RPC", "SDK", "SLA",
	"SMS", "SQL", "SSL", "TCP", "TLS", "TTL", "UDP", "UI", "UID", "URI", "URL", "UTF8", "UUID", "VM", "XML",
}

// goName makes an exported Go name of one in another form: RATE_LIMITED, rate-limited, "rate
// limited" and rateLimited are RateLimited. It may fail, if the name begins with a digit.
func goName(written string) string {
	words := strings.FieldsFunc(written, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	shouted := !strings.ContainsFunc(written, unicode.IsLower)
	var b strings.Builder
	for _, w := range words {
		upper := strings.ToUpper(w)
		switch {
		case slices.Contains(initialisms, upper):
			b.WriteString(upper)
		case shouted:
			first := []rune(w)[:1]
			b.WriteString(strings.ToUpper(string(first)) + strings.ToLower(w[len(string(first)):]))
		default:
			first := []rune(w)[:1]
			b.WriteString(strings.ToUpper(string(first)) + w[len(string(first)):])
		}
	}
	return b.String()
}

func isExported(name string) bool { return token.IsIdentifier(name) && ast.IsExported(name) }

// camel splits a Go name into its words: HTTPStatus into HTTP and Status.
func camel(name string) []string {
	var words []string
	runes, from := []rune(name), 0
	for i := 1; i < len(runes); i++ {
		next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
		if unicode.IsUpper(runes[i]) && (!unicode.IsUpper(runes[i-1]) || next) || runes[i] == '_' {
			words = append(words, strings.Trim(string(runes[from:i]), "_"))
			from = i
		}
	}
	words = append(words, strings.Trim(string(runes[from:]), "_"))
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// common returns what every name begins with that only repeats the name of its type, as
// protobuf's style has it: ERROR_CODE_ of an ErrorCode.
func common(names []string, typ string) string {
	prefix := strings.ToUpper(strings.Join(camel(typ), "_")) + "_"
	for _, n := range names {
		rest, ok := strings.CutPrefix(n, prefix)
		if !ok || !isExported(goName(rest)) {
			return ""
		}
	}
	return prefix
}
