// Package job does the work in the background.
package job

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"

	"example.com/backend/errs"
	"example.com/backend/im"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

const attempts = 3

// Task is a thing to do.
type Task struct{ UserID, Name, Group string }

// Result is what came of it.
type Result struct {
	Task Task
	Err  error
}

// Queue holds tasks.
type Queue interface {
	Push(t Task)
	Dead(t Task, err error)
}

// Worker works.
type Worker struct {
	im      *im.Client
	rc      *sdk.RongCloud
	queue   Queue
	mu      sync.Mutex
	lastErr error
}

// Run works on tasks until there are none.
func (w *Worker) Run(tasks <-chan Task) {
	for t := range tasks {
		if err := w.im.Update(t.UserID, t.Name, ""); err != nil { // want `\(unchecked\)`
			log.Printf("task %s: %v", t.UserID, err)
			continue
		}
		log.Printf("task %s: done", t.UserID)
	}
}

// Report works and says what came of it.
func (w *Worker) Report(tasks <-chan Task, out chan<- Result) {
	defer close(out)
	for t := range tasks {
		_, err := w.im.Register(t.UserID, t.Name, "")
		out <- Result{Task: t, Err: err}
	}
}

// Collect reads what Report wrote.
func Collect(in <-chan Result) (failed []string) {
	for r := range in {
		if r.Err != nil {
			failed = append(failed, r.Task.UserID)
		}
	}
	return failed
}

// Dispatch puts back what may succeed later.
func (w *Worker) Dispatch(t Task) {
	err := w.im.Update(t.UserID, t.Name, "")
	switch {
	case err == nil:
	case errs.Retryable(err):
		w.queue.Push(t)
	default:
		w.queue.Dead(t, err)
	}
}

// Handle puts back what may succeed later and forgets the rest.
func (w *Worker) Handle(t Task) {
	if _, err := w.rc.UserRegister(t.UserID, t.Name, ""); err != nil {
		if errs.Retryable(err) {
			w.queue.Push(t)
			return
		}
		log.Printf("dropping %s: %v", t.UserID, err)
	}
}

// Register tries again what may succeed later.
func (w *Worker) Register(ctx context.Context, t Task) error {
	var err error
	for i := range attempts {
		if _, err = w.rc.UserRegister(t.UserID, t.Name, ""); err == nil {
			return nil
		}
		if !errs.Retryable(err) {
			return fmt.Errorf("register %s: %w", t.UserID, err)
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(time.Duration(i+1) * time.Second):
		}
	}
	return fmt.Errorf("register %s: %w", t.UserID, err)
}

// Rename tries three times.
func (w *Worker) Rename(t Task) error {
	var err error
	for range attempts {
		err = w.rc.UserUpdate(t.UserID, t.Name, "") // want `\(retry\)`
		if err == nil {
			return nil
		}
		log.Printf("rename %s: %v", t.UserID, err)
		time.Sleep(time.Second)
	}
	return fmt.Errorf("rename %s: %w", t.UserID, err)
}

// Unblock tries again at once.
func (w *Worker) Unblock(id string) error {
	var err error
	for range attempts {
		err = w.rc.BlockRemove(id) // want `\(retry\)`
		if err == nil || !errs.Retryable(err) {
			return err
		}
	}
	return err
}

// Destroy does not give up.
func (w *Worker) Destroy(room string) error {
	for {
		err := w.rc.ChatRoomDestroy(room) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if !errs.Retryable(err) {
			return fmt.Errorf("destroy %s: %w", room, err)
		}
		time.Sleep(5 * time.Second)
	}
}

// Again calls until it works, or will not.
func Again(ctx context.Context, call func() error) error {
	wait := 100 * time.Millisecond
	for i := 0; ; i++ {
		err := call()
		if err == nil || !errs.Retryable(err) || i == attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
			wait *= 2
		}
	}
}

// Mute uses the helper.
func (w *Worker) Mute(ctx context.Context, id string, others []string) error {
	return Again(ctx, func() error {
		return w.im.Mute(id, others)
	})
}

// Sync runs until told to stop and keeps the last failure for the status page.
func (w *Worker) Sync(ctx context.Context, every time.Duration, id, name string) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			err := w.im.Update(id, name, "")
			w.mu.Lock()
			w.lastErr = err
			w.mu.Unlock()
		}
	}
}

// LastErr is for the status page.
func (w *Worker) LastErr() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lastErr
}

// FanOut updates all at once and returns the first failure.
func (w *Worker) FanOut(tasks []Task) error {
	ch := make(chan error, len(tasks))
	var wg sync.WaitGroup
	for _, t := range tasks {
		wg.Go(func() {
			ch <- w.im.Update(t.UserID, t.Name, "")
		})
	}
	wg.Wait()
	close(ch)
	for err := range ch {
		if err != nil {
			return errors.New("fan-out: some tasks failed")
		}
	}
	return nil
}

// group has the shape of errgroup.
type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (g *group) do(f func() error) {
	g.wg.Go(func() {
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	})
}

func (g *group) wait() error {
	g.wg.Wait()
	return g.err
}

// Spread closes rooms at once.
func (w *Worker) Spread(rooms []string) error {
	var g group
	for _, r := range rooms {
		g.do(func() error { return w.rc.ChatRoomDestroy(r) })
	}
	return g.wait()
}

// Purge forgets a user.
func (w *Worker) Purge(id, room string) {
	_ = w.rc.BlockRemove(id)   // want `\(unchecked\)`
	w.rc.ChatRoomDestroy(room) // want `\(unchecked\)`
	w.im.Dismiss(room, id)
	log.Printf("purged %s", id)
}

// Import makes groups one after another and stops at the first failure.
func (w *Worker) Import(tasks []Task) (done int, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("import stopped after %d: %w", done, err)
		}
	}()
	for _, t := range tasks {
		if err := w.im.CreateGroup(t.Group, t.Name, []string{t.UserID}); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}

// Enroll makes a group and adds the owner; half a group is taken down.
func (w *Worker) Enroll(t Task) error {
	if _, err := w.rc.GroupCreate(t.Group, t.Name, nil); err != nil {
		return errs.Wrap("enroll", err)
	}
	if _, err := w.rc.GroupJoin(t.Group, t.Name, []string{t.UserID}); err != nil {
		_, _ = w.rc.GroupDismiss(t.Group, t.UserID)
		return errs.Wrap("enroll", err)
	}
	return nil
}
