package catalog

// NamedByOther reports whether a code that the vendor does not document is one all the same,
// for a proxy may answer it: a status that net/http names, in the space that it names.
func (s *Space) NamedByOther(v Value) bool { return s.Offers("net/http") && NamedByHTTP(v) }

// NamedByHTTP reports whether v is one of the statuses that net/http names. The numbers are
// listed here since net/http would triple what the linter links.
func NamedByHTTP(v Value) bool {
	n, ok := v.Int()
	if !ok {
		return false
	}
	for _, r := range httpStatuses {
		if r[0] <= n && n <= r[1] {
			return true
		}
	}
	return false
}

var httpStatuses = [...][2]int64{
	{100, 103}, {200, 208}, {226, 226}, {300, 305}, {307, 308}, {400, 418}, {421, 426},
	{428, 429}, {431, 431}, {451, 451}, {500, 508}, {510, 511},
}
