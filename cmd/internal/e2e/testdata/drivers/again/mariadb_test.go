package again

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"testing"
	"time"
)

// result is what one of two sessions says in the end.
type result[C any] struct {
	met []C
	err error
}

// meeting is where two sessions wait for each other.
type meeting struct{ wg sync.WaitGroup }

func newMeeting() *meeting {
	m := new(meeting)
	m.wg.Add(2)
	return m
}

func (m *meeting) wait() {
	m.wg.Done()
	m.wg.Wait()
}

// connections opens two connections and fills a table with two accounts of 100 each.
func connections(ctx context.Context, t *testing.T) (a, b *sql.Conn) {
	t.Helper()
	db, err := sql.Open("mysql", address(t, "RETCODE_MARIADB"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	open := func() *sql.Conn {
		c, err := db.Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	a, b = open(), open()
	for _, stmt := range []string{
		"DROP TABLE IF EXISTS accounts",
		"CREATE TABLE accounts (id int PRIMARY KEY, n int) ENGINE=InnoDB",
		"INSERT INTO accounts VALUES (1, 100), (2, 100)",
	} {
		if _, err := a.ExecContext(ctx, stmt); err != nil {
			t.Fatal(err)
		}
	}
	return a, b
}

func wantAccounts(ctx context.Context, t *testing.T, c *sql.Conn, want [2]int) {
	t.Helper()
	var n [2]int
	for i := range n {
		if err := c.QueryRowContext(ctx, "SELECT n FROM accounts WHERE id = ?", i+1).Scan(&n[i]); err != nil {
			t.Fatal(err)
		}
	}
	if n != want {
		t.Errorf("the accounts hold %v, want %v", n, want)
	}
}

func TestMariaDBDeadlock(t *testing.T) {
	ctx := within(t)
	a, b := connections(ctx, t)
	meet := newMeeting()
	transfer := func(first, second string) func(*sql.Tx) error {
		met := false
		return func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, first); err != nil {
				return err
			}
			if !met {
				met = true
				meet.wait()
			}
			_, err := tx.ExecContext(ctx, second)
			return err
		}
	}
	other := make(chan result[uint16], 1)
	go func() {
		met, err := mariadb(ctx, b, transfer(take2, take1))
		other <- result[uint16]{met, err}
	}()
	met, err := mariadb(ctx, a, transfer(take1, take2))
	r := <-other
	if err != nil || r.err != nil {
		t.Fatalf("not recovered: %v, %v", err, r.err)
	}
	if all := slices.Concat(met, r.met); !slices.Contains(all, lockDeadlock) {
		t.Errorf("met %v and no deadlock", all)
	}
	wantAccounts(ctx, t, a, [2]int{80, 80})
}

// TestMariaDBWithin calls a statement again after a deadlock: what the transaction did before
// is lost, and nothing says so.
func TestMariaDBWithin(t *testing.T) {
	ctx := within(t)
	a, b := connections(ctx, t)
	begin := func(c *sql.Conn, first string) *sql.Tx {
		tx, err := c.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { tx.Rollback() })
		if _, err := tx.ExecContext(ctx, first); err != nil {
			t.Fatal(err)
		}
		return tx
	}
	// The other session has written more, so that this one is the victim.
	victim, winner := begin(a, take1), begin(b, take2)
	for range 20 {
		if _, err := winner.ExecContext(ctx, "INSERT INTO accounts SELECT max(id) + 1, 0 FROM accounts a"); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan error, 1)
	go func() {
		_, err := winner.ExecContext(ctx, take1)
		if err == nil {
			err = winner.Commit()
		}
		done <- err
	}()
	time.Sleep(500 * time.Millisecond) // the winner waits for the victim now
	met, err := mariadbWithin(ctx, victim, take2)
	if won := <-done; won != nil {
		t.Fatalf("the winner: %v", won)
	}
	if err != nil || !slices.Contains(met, lockDeadlock) {
		t.Fatalf("met %v, then %v", met, err)
	}
	if err := victim.Commit(); err != nil {
		t.Fatal(err)
	}
	// The victim's half on the first account is gone, its half on the second is there.
	wantAccounts(ctx, t, a, [2]int{90, 80})
}
