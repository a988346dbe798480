package table

import "example.com/numbers/table/codes"

// Each key is reported once, with the constant that its own file can name.
var again = map[int]bool{
	1008:          true, // want `magic return code 1008 .*; use codes.RateLimited \(magic\)`
	codes.Timeout: true,
	1016:          true, // want `magic return code 1016 .*; use a named constant \(magic\)`
	19999:         true, // want `19999 is no documented RongCloud return code`
}
