//go:build cgo

package sqlites

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

func byPointer(err error) bool {
	var e *sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrConstraint // want `\*sqlite3.Error never matches here: the library answers with sqlite3.Error \(target\)`
}

func byValue(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrConstraintUnique
}
