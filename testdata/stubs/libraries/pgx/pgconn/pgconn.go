// Package pgconn has the shapes of pgx's package of that name that programs use.
package pgconn

// PgError is what a PostgreSQL server answers.
type PgError struct {
	Severity string
	Code     string
	Message  string
	Detail   string
}

func (e *PgError) Error() string    { return e.Severity + ": " + e.Message + " (SQLSTATE " + e.Code + ")" }
func (e *PgError) SQLState() string { return e.Code }

// CommandTag is what a statement answers.
type CommandTag struct{}
