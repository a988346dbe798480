package catalog

import "strings"

// SDKPath reports whether a package of that import path belongs to the
// vendor's SDK, in any major version, vendored or not. It is a quick look that needs no catalog.
func SDKPath(importPath string) bool { return hintSDK(importPath) }

// Hint reports whether s might be evidence. It holds for all that the embedded
// catalog's [Evidence.Constant] holds for, and is quicker.
func Hint(s string) bool {
	if !strings.ContainsAny(s, "./") {
		return false
	}
	u := splitURL(s)
	if hintHost(foldHost(u.host)) {
		return true
	}
	path := u.path
	if i := strings.LastIndexByte(path, '.'); i > strings.LastIndexByte(path, '/') {
		path = path[:i]
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return hintPath(path)
}

// HeaderHint reports whether name is one of the request headers that, set
// together, are evidence.
func HeaderHint(name string) bool { return hintHeader(strings.ToLower(name)) }

// below reports whether path is root or a package below it.
func below(path, root string) bool {
	rest, ok := strings.CutPrefix(unvendored(path), root)
	return ok && (rest == "" || rest[0] == '/')
}

// unvendored returns the path of the package that one is a vendored copy of, or its own.
func unvendored(importPath string) string {
	if i := strings.LastIndex(importPath, "/vendor/"); i >= 0 {
		return importPath[i+len("/vendor/"):]
	}
	return strings.TrimPrefix(importPath, "vendor/")
}
