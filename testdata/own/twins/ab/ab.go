// Package ab stands between the two in a list of imports.
package ab

// Limit is no code.
const Limit = 102
