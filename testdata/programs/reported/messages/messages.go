// Package messages re-enacts reports of texts that were searched for a code, and changed.
package messages

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// dapr/components-contrib: the name of an index is there already, which is no duplicate key of PostgreSQL's.
func indexExists(err error) bool {
	return strings.Contains(err.Error(), "Error 1061") || // want `1061 \(DupKeyName\) is looked for in the text of an error: .* \(text\)`
		strings.Contains(strings.ToLower(err.Error()), "duplicate key name")
}

// moov-io/base#265: the driver put the SQLSTATE between the number and the text.
const duplicateKey uint16 = 1062

func uniqueViolation(err error) bool {
	match := strings.Contains(err.Error(), fmt.Sprintf("Error %d: Duplicate entry", duplicateKey)) // want `1062 \(DupEntry\) is looked for in the text of an error: .* \(text\)`
	if e, ok := err.(*mysql.MySQLError); ok {
		return match || e.Number == duplicateKey
	}
	return match
}

func uniqueViolationMended(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == duplicateKey
}

// gravitational/teleport#38939: a server that speaks German has no role that already exists. The text
// alone may be that of many codes, so it is not taken for one; a code as a word is.
type engine struct{ conn *pgx.Conn }

func (e *engine) role(ctx context.Context, name string) error {
	_, err := e.conn.Exec(ctx, fmt.Sprintf("create role %q", name))
	if err != nil {
		if !strings.Contains(err.Error(), "already exists") {
			return err
		}
	}
	return nil
}

func (e *engine) call(ctx context.Context, procedure string) error {
	_, err := e.conn.Exec(ctx, "call "+procedure)
	return wrapped(err)
}

func wrapped(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("call: %w", err)
}

func (e *engine) remove(ctx context.Context, state *string) error {
	err := e.call(ctx, "drop_user")
	if err == nil {
		*state = "dropped"
		return nil
	}
	if strings.Contains(err.Error(), "55006") { // want `55006 \(ObjectInUse\) is looked for in the text of an error: .* \(text\)`
		*state = "deactivated"
		return nil
	}
	return err
}

// A code that the program's own procedures raise.
func changed(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == "TP002"
}

// An answer of another program, in which a number stands.
func answered(body string) bool { return strings.Contains(body, "55006") }
