// Package mattn uses one driver, whose names for codes are variables.
package mattn

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

func literalOfMattn(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.ExtendedCode == 2067 // want `magic extended result code 2067 \(ConstraintUnique: .*use sqlite3.ErrConstraintUnique \(magic\)`
}

func literalAsInt(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && int(e.Code) == 19 // want `magic primary result code 19 \(Constraint: .*use sqlite3.ErrConstraint \(magic\)`
}

// An index of an array has to be a constant, which this driver has none of.
func indexed(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code < 26 && [26]bool{5: true}[e.Code]
}
