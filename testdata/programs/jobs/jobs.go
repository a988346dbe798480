// Package jobs runs work against the API.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"example.com/jobs/retry"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Codes.
//
//retcode:code business
const (
	rcInvalid      = 1002
	rcSignature    = 1004
	rcRateLimited  = 1008
	rcTimeout      = 1050
	rcGroupExists  = 25409
	rcQueryLimited = 25416
	rcDeactivating = 24356
)

// Runner runs jobs.
type Runner struct {
	rc      *sdk.RongCloud
	log     *slog.Logger
	jobs    chan Job
	dead    chan Job
	errs    chan error
	failed  atomic.Int64
	mu      sync.Mutex
	last    map[string]error
	metrics Metrics
}

// Metrics counts.
type Metrics interface {
	Inc(name string, labels ...string)
}

// Job is one.
type Job struct {
	User    string
	Attempt int
	Err     error
}

var errGaveUp = errors.New("gave up")

// Not reported:
func transient(err error) bool {
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return false
	}
	switch cr.ErrorCode() {
	case rcRateLimited, rcTimeout:
		return true
	default:
		return false
	}
}

// Not reported: labeled loop, waits, bounded
func (r *Runner) unblock(ctx context.Context, user string) error {
	var err error
retry:
	for i := 0; i < 5; i++ {
		err = r.rc.BlockRemove(user)
		var cr sdk.CodeResult
		if !errors.As(err, &cr) {
			break retry
		}
		switch cr.Code {
		case rcRateLimited, rcTimeout:
			select {
			case <-time.After(time.Duration(i+1) * time.Second):
				continue retry
			case <-ctx.Done():
				return ctx.Err()
			}
		default:
			break retry
		}
	}
	return err
}

// Reported (retry): labeled loop without a pause
func (r *Runner) unblockHot(user string) error {
	var err error
retry:
	for i := 0; i < 5; i++ {
		err = r.rc.BlockRemove(user) // want `\(retry\)`
		var cr sdk.CodeResult
		if !errors.As(err, &cr) {
			return err
		}
		switch cr.Code {
		case rcRateLimited, rcTimeout:
			continue retry
		default:
			break retry
		}
	}
	return err
}

// Reported (switch): break in a switch does not leave the loop, others are missing
func (r *Runner) unblockOmits(user string) error {
	for i := 0; ; i++ {
		err := r.rc.BlockRemove(user)
		var cr sdk.CodeResult
		if i > 3 || !errors.As(err, &cr) {
			return err
		}
		switch cr.Code { // want `\(switch\)`
		case rcRateLimited:
			time.Sleep(time.Second)
			continue
		case rcInvalid:
			return errGaveUp
		}
		return err
	}
}

// Not reported: helper of another package with the predicate in a struct
func (r *Runner) unblockPolicy(ctx context.Context, user string) error {
	p := retry.Policy{Attempts: 4, Base: time.Second, ShouldRetry: transient}
	return p.Do(ctx, func(context.Context) error { return r.rc.BlockRemove(user) })
}

// Not reported: backoff helper waits
func (r *Runner) unblockSleep(ctx context.Context, user string) error {
	for i := range 4 {
		err := r.rc.BlockRemove(user)
		if err == nil || !transient(err) {
			return err
		}
		if werr := retry.Sleep(ctx, retry.Backoff(time.Second, i)); werr != nil {
			return errors.Join(err, werr)
		}
	}
	return errGaveUp
}

// Reported (retry): Backoff only computes
func (r *Runner) unblockNoSleep(user string) error {
	var total time.Duration
	for i := range 4 {
		err := r.rc.BlockRemove(user) // want `\(retry\)`
		if err == nil || !transient(err) {
			return err
		}
		total += retry.Backoff(time.Second, i)
	}
	return errGaveUp
}

// Reported (retry): permanent too
func (r *Runner) registerAll(ctx context.Context, user string) (tok string, err error) {
	for i := 0; i < 3; i++ {
		var u sdk.User
		u, err = r.rc.UserRegister(user, user, "") // want `\(retry\)`
		if err != nil {
			r.log.Warn("register", "attempt", i, "err", err)
			time.Sleep(time.Second)
			continue
		}
		return u.Token, nil
	}
	return "", fmt.Errorf("register: %w", err)
}

// Not reported: worker takes the next
func (r *Runner) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j, ok := <-r.jobs:
			if !ok {
				return
			}
			if err := r.rc.BlockRemove(j.User); err != nil {
				j.Err = err
				r.dead <- j
			}
		}
	}
}

// Reported (unchecked): worker only logs
func (r *Runner) workLogs(ctx context.Context) {
	for j := range r.jobs {
		if ctx.Err() != nil {
			return
		}
		if err := r.rc.BlockRemove(j.User); err != nil { // want `\(unchecked\)`
			r.log.Error("unblock", "user", j.User, "err", err)
			continue
		}
	}
}

// Not reported: requeue with an attempt count after what may succeed later
func (r *Runner) workRequeue() {
	for j := range r.jobs {
		err := r.rc.BlockRemove(j.User)
		switch {
		case err == nil:
		case transient(err) && j.Attempt < 5:
			j.Attempt++
			time.AfterFunc(time.Second, func() { r.jobs <- j })
		default:
			r.failed.Add(1)
		}
	}
}

// Not reported: pool with results
func (r *Runner) pool(users []string) map[string]error {
	type res struct {
		user string
		err  error
	}
	in, out := make(chan string), make(chan res)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for u := range in {
				out <- res{u, r.rc.BlockRemove(u)}
			}
		})
	}
	go func() {
		for _, u := range users {
			in <- u
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	all := map[string]error{}
	for o := range out {
		if o.err != nil {
			all[o.user] = o.err
		}
	}
	return all
}

// group is like errgroup.
type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

// Go Not reported:
func (g *group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

// Wait Not reported:
func (g *group) Wait() error {
	g.wg.Wait()
	return g.err
}

// Not reported:
func (r *Runner) grouped(users []string) error {
	var g group
	for _, u := range users {
		g.Go(func() error { return r.rc.BlockRemove(u) })
	}
	return g.Wait()
}

// Reported (unchecked): the closure logs and returns nil
func (r *Runner) groupedQuiet(users []string) error {
	var g group
	for _, u := range users {
		g.Go(func() error {
			if err := r.rc.BlockRemove(u); err != nil { // want `\(unchecked\)`
				r.log.Error("unblock", "err", err)
			}
			return nil
		})
	}
	return g.Wait()
}

// Reported (unchecked): metrics only
// Rules: unchecked/logged-only.
func (r *Runner) counted(user string) {
	err := r.rc.BlockRemove(user)
	if err != nil { // want `\(unchecked\)`
		r.metrics.Inc("unblock_failed", "user")
	}
}

// Not reported: cron job whose tick only logs; the next one asks again
// Rules: unchecked/next-turn.
func (r *Runner) cron(ctx context.Context) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if _, err := r.rc.BlockGetList(); err != nil {
				log.Printf("cron: %v", err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// Not reported: a heartbeat that sleeps between its beats.
// Rules: unchecked/next-turn.
func (r *Runner) beats(user string) {
	for {
		if err := r.rc.BlockRemove(user); err != nil {
			log.Printf("beat: %v", err)
		}
		time.Sleep(time.Minute)
	}
}

// Reported (unchecked): the next turn is another user's.
// Rules: unchecked/next-turn.
func (r *Runner) beatsOf(users []string) {
	for _, user := range users {
		if err := r.rc.BlockRemove(user); err != nil { // want `\(unchecked\)`
			log.Printf("beat of %s: %v", user, err)
		}
		time.Sleep(time.Minute)
	}
}

// Reported (unchecked): nothing lies between the turns.
// Rules: unchecked/next-turn.
func (r *Runner) beatsAtOnce(user string) {
	for range 3 {
		if err := r.rc.BlockRemove(user); err != nil { // want `\(unchecked\)`
			log.Printf("beat: %v", err)
		}
	}
}

// Not reported: cron job that leaves this tick, and uses the list
func (r *Runner) cronList(ctx context.Context) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for range t.C {
		list, err := r.rc.BlockGetList()
		if err != nil {
			log.Printf("cron: %v", err)
			continue
		}
		for _, u := range list.Users {
			r.jobs <- Job{User: u.UserID}
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// Not reported: poll until deactivated, bounded by the context
func (r *Runner) deactivate(ctx context.Context, user string) error {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		_, err := r.rc.UserDeactivate([]string{user})
		var v2 sdk.CodeResultV2
		if !errors.As(err, &v2) {
			return err
		}
		if v2.Code != rcDeactivating && v2.Code != rcRateLimited && v2.Code != rcTimeout {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// Reported (target): V2 endpoint asked for CodeResult
func (r *Runner) deactivateWrong(user string) error {
	_, err := r.rc.UserDeactivate([]string{user})
	var cr sdk.CodeResult
	if errors.As(err, &cr) { // want `\(target\)`
		return fmt.Errorf("code %d: %w", cr.Code, err)
	}
	return err
}

// Not reported: kept under a lock
func (r *Runner) remember(user string) {
	err := r.rc.BlockRemove(user)
	r.mu.Lock()
	r.last[user] = err
	r.mu.Unlock()
}

// Not reported: sent to errs if there is room
func (r *Runner) try(user string) {
	go func() {
		if err := r.rc.BlockRemove(user); err != nil {
			select {
			case r.errs <- err:
			default:
			}
		}
	}()
}

// Reported (retryable): replaced by a fixed error on a channel
func (r *Runner) tryFixed(user string) {
	if err := r.rc.BlockRemove(user); err != nil {
		r.errs <- errGaveUp
	}
}

// steps table
type step struct {
	name string
	run  func(string) error
	undo func(string) error
}

// Not reported: table-driven with compensation
func (r *Runner) steps(id string) error {
	table := []step{
		{"block", func(u string) error { return r.rc.BlockAdd(u, 1) }, r.rc.BlockRemove},
		{"room", func(u string) error { return r.rc.ChatRoomDestroy(u) }, nil},
	}
	for i, s := range table {
		if err := s.run(id); err != nil {
			for _, d := range table[:i] {
				if d.undo != nil {
					_ = d.undo(id)
				}
			}
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// Reported (retry): for ever
func (r *Runner) forever(user string) {
	for {
		err := r.rc.BlockRemove(user) // want `\(retry\)`
		if err == nil {
			return
		}
		if !transient(err) {
			r.failed.Add(1)
			return
		}
		time.Sleep(time.Second)
	}
}

// Not reported: two calls in a loop over pages, next page
func (r *Runner) pages(user string) ([]sdk.UGGroupInfo, error) {
	var all []sdk.UGGroupInfo
	for page := 1; ; page++ {
		gs, err, _ := r.rc.UGQueryUserGroups(user, page, 50)
		if err != nil {
			return all, fmt.Errorf("page %d: %w", page, err)
		}
		all = append(all, gs...)
		if len(gs) < 50 {
			return all, nil
		}
	}
}

// Reported (unchecked):
func (r *Runner) fire(user string) {
	go func() { _ = r.rc.BlockRemove(user) }() // want `\(unchecked\)`
}

// Not reported: partial failures gathered by user
func (r *Runner) partial(users []string) (failed []string, err error) {
	for _, u := range users {
		if e := r.rc.BlockRemove(u); e != nil {
			failed = append(failed, u)
			err = errors.Join(err, fmt.Errorf("%s: %w", u, e))
		}
	}
	return
}
