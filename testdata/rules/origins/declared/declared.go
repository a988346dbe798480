// Package declared uses what another package declares.
package declared

import "example.com/origins/helper"

// Reported: a declared field.
// Rules: origin/declared-code.
func field(r helper.Reply) bool {
	return r.Code == 21402 // want `21402 .*24402.*\(unknown\)`
}

// Reported: a declared field of the other space.
func status(r helper.Reply) bool {
	return r.Status == 1008 // want `1008 .*429.*\(mixed\)`
}

// Reported: a declared type.
func typed(c helper.Code) bool {
	return c == 1008 // want `1008 .*\(magic\)`
}

// Reported: a declared result.
// Rules: origin/declared-code.
func result() bool {
	code, _ := helper.Last()
	return code == 429 // want `429 .*1008.*\(mixed\)`
}

// Reported: a declared parameter.
func argument() bool {
	return helper.Check("x", 777) // want `777 .*\(unknown\)`
}

// Reported: a composite literal of a declared field.
func composite() helper.Reply {
	return helper.Reply{Code: 3000, Status: 200, Size: 429} // want `3000 .*\(unknown\)`
}

// Not reported: the field beside it, the names of the group.
// Rules: origin/declared-code.
func others(r helper.Reply, c helper.Code) bool {
	return r.Size == 1008 || c == helper.Limited || c == helper.Slow || helper.Check("1008", 200)
}

// Not reported: a number of this package's own.
func own(number int) bool { return number == 1008 }
