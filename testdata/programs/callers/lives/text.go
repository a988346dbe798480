package lives

import "strings"

// contains is a helper that knows nothing of codes.
func contains(err error, s string) bool { return strings.Contains(err.Error(), s) }
