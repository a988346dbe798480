// Package sqlite3 has the shapes of mattn/go-sqlite3 that programs use.
package sqlite3

// ErrNo is a primary result code.
type ErrNo int

// ErrNoExtended is an extended result code.
type ErrNoExtended int

func (e ErrNo) Error() string         { return "" }
func (e ErrNoExtended) Error() string { return "" }

// Some codes.
var (
	ErrBusy             = ErrNo(5)
	ErrConstraint       = ErrNo(19)
	ErrConstraintUnique = ErrNoExtended(2067)
)

// Error is what SQLite answers.
type Error struct {
	Code         ErrNo
	ExtendedCode ErrNoExtended
	err          string
}

func (e Error) Error() string { return e.err }
