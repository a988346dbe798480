// Package notes keeps notes in SQLite.
package notes

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"modernc.org/sqlite"
	"modernc.org/sqlite/lib"
)

// ErrTitle says that a note of that title exists.
var ErrTitle = errors.New("there is a note of that title")

// Add adds a note.
func Add(ctx context.Context, db *sql.DB, title string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO notes (title) VALUES (?)", title)
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code() == lib.SQLITE_CONSTRAINT { // want `this is SQLite's extended result code, and 19 \(Constraint\) a primary result code: they are never equal; .* \(mixed\)`
		return ErrTitle
	}
	return err
}

// Archive moves old notes away, as soon as nobody else writes.
func Archive(ctx context.Context, db *sql.DB) error {
	for range 10 {
		_, err := db.ExecContext(ctx, "UPDATE notes SET archived = 1 WHERE day < ?", time.Now().AddDate(-1, 0, 0))
		var e *sqlite.Error
		if !errors.As(err, &e) || e.Code()&0xff != lib.SQLITE_BUSY {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("somebody else writes all the time")
}
