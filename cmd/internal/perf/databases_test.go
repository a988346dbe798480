package perf

import (
	"fmt"
	"path/filepath"
	"testing"
)

// newDatabases generates a module of as many packages, of which a third use pgx and gRPC and
// handle their codes.
func newDatabases(dir string) (string, error) {
	goMod := "module example.com/service\n\ngo 1.26.0\n\nrequire (\n\tgithub.com/jackc/pgx/v5 v5.13.0\n\tgoogle.golang.org/grpc v1.85.0\n)\n"
	if err := write(filepath.Join(dir, "go.mod"), []byte(goMod)); err != nil {
		return "", err
	}
	for i := range servicePackages {
		name := filepath.Join(dir, fmt.Sprintf("p%03d", i))
		if err := write(filepath.Join(name, "p.go"), []byte(servicePackage(i, false))); err != nil {
			return "", err
		}
		if i%3 == 0 {
			if err := write(filepath.Join(name, "store.go"), fmt.Appendf(nil, databasePart, fmt.Sprintf("p%03d", i))); err != nil {
				return "", err
			}
		}
	}
	_, err := goCommand(dir, "mod", "tidy")
	return dir, err
}

const databasePart = `package %[1]s

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"google.golang.org/grpc/codes"
	health "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// A Store keeps records.
type Store struct{ conn *pgx.Conn }

func again(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && (failure.Code == "40001" || failure.Code == "40P01")
}

// Save saves a record, and tries again where it met another.
func (s *Store) Save(ctx context.Context, r *Record1) error {
	var err error
	for attempt := range 5 {
		time.Sleep(time.Duration(attempt) * 10 * time.Millisecond)
		if err = s.save(ctx, r); err == nil || !again(err) {
			return err
		}
	}
	return fmt.Errorf("saving %%s: %%w", r.ID, err)
}

func (s *Store) save(ctx context.Context, r *Record1) error {
	tx, err := s.conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, "UPDATE records SET state = $1 WHERE id = $2", r.State, r.ID); err != nil {
		var failure *pgconn.PgError
		if errors.As(err, &failure) && failure.Code == "23505" {
			return ErrClosed
		}
		return fmt.Errorf("update: %%w", err)
	}
	return tx.Commit(ctx)
}

// Ready asks a service until it answers.
func Ready(ctx context.Context, c health.HealthClient) error {
	for range 10 {
		_, err := c.Check(ctx, &health.HealthCheckRequest{})
		switch status.Code(err) {
		case codes.OK:
			return nil
		case codes.Unavailable:
			time.Sleep(time.Second)
		default:
			return err
		}
	}
	return errors.New("not ready")
}
`

// BenchmarkDatabases compares with other linters where a third of the packages use pgx and gRPC,
// and every catalog is on.
func BenchmarkDatabases(b *testing.B) {
	const name = "databases"
	for _, peer := range []string{"nilness", "exhaustive", "errorlint", "staticcheck"} {
		b.Run("vet/"+peer, func(b *testing.B) {
			dir, tool := module(b, name), peer
			if peer == "staticcheck" {
				tool = "sa" // its command is no tool for go vet
			}
			compare(b, "go vet, cold", name, vet(dir, "retcode", "retcode", name, true), vet(dir, peer, tool, name, true), false)
		})
		b.Run("alone/"+peer, func(b *testing.B) {
			dir := module(b, name)
			var flags []string
			if peer == "staticcheck" {
				flags = []string{"-checks=SA*"}
			}
			compare(b, "alone", name, alone(b, dir, "retcode", "retcode", name), alone(b, dir, peer, peer, name, flags...), true)
		})
	}
}
