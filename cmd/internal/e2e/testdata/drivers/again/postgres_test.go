package again

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// address returns what a variable says of a server, or skips t.
func address(t *testing.T, name string) string {
	t.Helper()
	dsn := os.Getenv(name)
	if dsn == "" {
		t.Skip(name + " is not set")
	}
	return dsn
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// sessions opens two connections and fills a table with two accounts of 100 each.
func sessions(ctx context.Context, t *testing.T) (a, b *pgx.Conn) {
	t.Helper()
	dsn := address(t, "RETCODE_POSTGRES")
	open := func() *pgx.Conn {
		c, err := pgx.Connect(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close(context.Background()) })
		return c
	}
	a, b = open(), open()
	for _, stmt := range []string{
		"DROP TABLE IF EXISTS accounts",
		"CREATE TABLE accounts (id int PRIMARY KEY, n int)",
		"INSERT INTO accounts VALUES (1, 100), (2, 100)",
	} {
		if _, err := a.Exec(ctx, stmt); err != nil {
			t.Fatal(err)
		}
	}
	return a, b
}

const take1, take2 = "UPDATE accounts SET n = n - 10 WHERE id = 1", "UPDATE accounts SET n = n - 10 WHERE id = 2"

// balances reads both accounts.
func balances(ctx context.Context, t *testing.T, c *pgx.Conn) (n [2]int) {
	t.Helper()
	for i := range n {
		if err := c.QueryRow(ctx, "SELECT n FROM accounts WHERE id = $1", i+1).Scan(&n[i]); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func TestPostgresDeadlock(t *testing.T) {
	ctx := within(t)
	a, b := sessions(ctx, t)
	meet := newMeeting()
	transfer := func(first, second string) func(pgx.Tx) error {
		met := false
		return func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, first); err != nil {
				return err
			}
			if !met { // the first time, each holds one account before it asks for the other
				met = true
				meet.wait()
			}
			_, err := tx.Exec(ctx, second)
			return err
		}
	}
	other := make(chan result[string], 1)
	go func() {
		met, err := postgres(ctx, b, pgx.ReadCommitted, transfer(take2, take1))
		other <- result[string]{met, err}
	}()
	met, err := postgres(ctx, a, pgx.ReadCommitted, transfer(take1, take2))
	r := <-other
	if err != nil || r.err != nil {
		t.Fatalf("not recovered: %v, %v", err, r.err)
	}
	if all := slices.Concat(met, r.met); !slices.Contains(all, pgerrcode.DeadlockDetected) {
		t.Errorf("met %v and no deadlock", all)
	}
	if n := balances(ctx, t, a); n != [2]int{80, 80} {
		t.Errorf("the accounts hold %v", n)
	}
}

func TestPostgresSerialization(t *testing.T) {
	ctx := within(t)
	a, b := sessions(ctx, t)
	first := true
	met, err := postgres(ctx, a, pgx.Serializable, func(tx pgx.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, "SELECT n FROM accounts WHERE id = 1").Scan(&n); err != nil {
			return err
		}
		if first { // another session writes what was read
			first = false
			if _, err := b.Exec(ctx, take1); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "UPDATE accounts SET n = $1 WHERE id = 1", n-10)
		return err
	})
	if err != nil || !slices.Equal(met, []string{pgerrcode.SerializationFailure}) {
		t.Fatalf("met %v, then %v", met, err)
	}
	if n := balances(ctx, t, a); n != [2]int{80, 100} {
		t.Errorf("the accounts hold %v", n)
	}
}

// TestPostgresWithin calls a statement again in the transaction that its failure has aborted.
func TestPostgresWithin(t *testing.T) {
	ctx := within(t)
	a, b := sessions(ctx, t)
	tx, err := a.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx)
	var n int
	if err := tx.QueryRow(ctx, "SELECT n FROM accounts WHERE id = 1").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Exec(ctx, take1); err != nil {
		t.Fatal(err)
	}
	met, err := postgresWithin(ctx, tx, take1)
	if !slices.Equal(met, []string{pgerrcode.SerializationFailure}) {
		t.Errorf("met %v", met)
	}
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) || pgErr.Code != pgerrcode.InFailedSQLTransaction {
		t.Errorf("the second call answers %v", err)
	}
}
