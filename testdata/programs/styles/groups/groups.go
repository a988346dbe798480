package groups

import (
	"context"
	"errors"
	"log"

	"example.com/styles/rongx"
	"example.com/styles/wire"
)

// codeGroupArchived is what support told us about.
const codeGroupArchived = 25499

var ErrBusy = errors.New("groups: busy")

type Repo struct{ rc *rongx.Client }

// Ensure makes the group if it is not there.
func (r *Repo) Ensure(ctx context.Context, id, name string) error {
	if _, err := r.rc.Group(ctx, id); err != nil { // want `\(retryable\)`
		return r.rc.Create(ctx, id, name)
	}
	return nil
}

// EnsureKnown makes it only if it is known to be missing.
func (r *Repo) EnsureKnown(ctx context.Context, id, name string) error {
	_, err := r.rc.Group(ctx, id)
	if rongx.IsNotFound(err) {
		return r.rc.Create(ctx, id, name)
	}
	return err
}

// Exists says whether the group is there.
func (r *Repo) Exists(ctx context.Context, id string) bool {
	_, err := r.rc.Group(ctx, id)
	if err != nil {
		return false // want `\(retryable\)`
	}
	return true
}

// Has says so as well, and what went wrong.
func (r *Repo) Has(ctx context.Context, id string) (bool, error) {
	_, err := r.rc.Group(ctx, id)
	if rongx.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, nil
}

// Name returns the name of a group.
func (r *Repo) Name(ctx context.Context, id string) (string, error) {
	g, err := r.rc.Group(ctx, id)
	if err != nil {
		if e, ok := errors.AsType[rongx.Error](err); ok { // want `\(target\)`
			log.Printf("group %s: code %d", id, e.Code)
		}
		return "", err
	}
	return g.Name, nil
}

// Title returns it, or the ID of an archived group.
func (r *Repo) Title(ctx context.Context, id string) (string, error) {
	g, err := r.rc.Group(ctx, id)
	if err != nil {
		var e *rongx.Error
		if errors.As(err, &e) && e.Code == codeGroupArchived { // want `\(unknown\)`
			return id, nil
		}
		return "", err
	}
	return g.Name, nil
}

// Open creates a group for a new project.
func (r *Repo) Open(ctx context.Context, id, name string) error {
	err := r.rc.Create(ctx, id, name)
	if e, ok := errors.AsType[*rongx.Error](err); ok {
		if e.Code == wire.RateLimited || e.Code == wire.ServiceTimeout || e.Code == wire.QueryRateLimited {
			return ErrBusy
		}
		return e
	}
	return err
}
