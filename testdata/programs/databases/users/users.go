// Package users keeps users in MySQL.
package users

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// What callers are told.
var (
	ErrTaken  = errors.New("the name is taken")
	ErrNeeded = errors.New("the user has orders")
)

const (
	duplicateEntry  = 1062
	rowIsReferenced = 1451
)

// Add adds a user.
func Add(ctx context.Context, db *sql.DB, name string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO users (name) VALUES (?)", name)
	if errors.Is(err, &mysql.MySQLError{Number: duplicateEntry}) {
		return ErrTaken
	}
	return err
}

// Rename gives a user another name.
func Rename(ctx context.Context, db *sql.DB, from, to string) error {
	_, err := db.ExecContext(ctx, "UPDATE users SET name = ? WHERE name = ?", to, from)
	if err != nil && strings.Contains(err.Error(), "Duplicate entry") { // want `1062 \(DupEntry\) is looked for in the text of an error: .* \(text\)`
		return ErrTaken
	}
	return err
}

func remove(ctx context.Context, db *sql.DB, name string) error {
	if _, err := db.ExecContext(ctx, "DELETE FROM users WHERE name = ?", name); err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

// Remove removes a user that has no orders.
func Remove(ctx context.Context, db *sql.DB, name string) error {
	err := remove(ctx, db, name)
	if e, ok := err.(*mysql.MySQLError); ok && e.Number == rowIsReferenced { // want `\*mysql.MySQLError never matches here: the error was wrapped on every path; use errors.As \(target\)`
		return ErrNeeded
	}
	return err
}
