// Package mysql has the shapes of go-sql-driver/mysql that programs use.
package mysql

import "fmt"

// MySQLError is what a MySQL server answers.
type MySQLError struct {
	Number   uint16
	SQLState [5]byte
	Message  string
}

func (e *MySQLError) Error() string { return fmt.Sprintf("Error %d: %s", e.Number, e.Message) }

// Is compares the number.
func (e *MySQLError) Is(err error) bool {
	o, ok := err.(*MySQLError)
	return ok && o.Number == e.Number
}
