// Package store keeps users and rooms in a database.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrNoRow means that there is no such row.
var ErrNoRow = errors.New("store: no such row")

// ErrWrite hides what the driver said.
var ErrWrite = errors.New("store: write failed")

// Room is a row.
type Room struct {
	ID, Owner, Title string
	Members          []string
}

// Store is the database.
type Store struct{ DB *sql.DB }

// SaveUser writes a user.
func (s *Store) SaveUser(ctx context.Context, id, name, token string) error {
	if _, err := s.DB.ExecContext(ctx, "INSERT INTO users VALUES (?,?,?)", id, name, token); err != nil {
		return ErrWrite
	}
	return nil
}

// Room reads a room.
func (s *Store) Room(ctx context.Context, id string) (Room, error) {
	r := Room{ID: id}
	err := s.DB.QueryRowContext(ctx, "SELECT owner, title FROM rooms WHERE id = ?", id).Scan(&r.Owner, &r.Title)
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNoRow
	}
	if err != nil {
		return r, fmt.Errorf("reading room %s: %v", id, err)
	}
	return r, nil
}

// Touch notes that a room was used.
func (s *Store) Touch(ctx context.Context, id string) {
	_, _ = s.DB.ExecContext(ctx, "UPDATE rooms SET used = NOW() WHERE id = ?", id)
}
