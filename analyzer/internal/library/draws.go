package library

import (
	"go/types"
	"strings"
)

// Draws reports whether a function yields, or fills a buffer with, something else each time:
// a random, a unique or a counted value. The time of day is none: a request with a new
// timestamp is the same.
func Draws(f *types.Func) bool {
	if f == nil || f.Pkg() == nil {
		return false
	}
	name := f.Name()
	switch path := f.Pkg().Path(); path {
	case "crypto/rand", "math/rand", "math/rand/v2":
		return true
	case "sync/atomic":
		return strings.HasPrefix(name, "Add") || strings.HasPrefix(name, "Swap")
	case "os":
		return name == "CreateTemp" || name == "MkdirTemp"
	default:
		return uniquePackage(path) && !strings.HasPrefix(name, "Parse") && !strings.HasPrefix(name, "Must") && !strings.HasPrefix(name, "From")
	}
}

// uniquePackage reports whether an element of an import path is that of a library of unique names.
func uniquePackage(path string) bool {
	for el := range strings.SplitSeq(path, "/") {
		switch strings.TrimPrefix(strings.TrimSuffix(el, "-go"), "go-") {
		case "uuid", "go.uuid", "ulid", "xid", "ksuid", "nanoid", "shortid", "snowflake", "cuid", "cuid2", "typeid", "sonyflake":
			return true
		}
	}
	return false
}
