// Package pace waits, and does not.
package pace

import "time"

// Wait waits for a second.
func Wait() { <-time.After(time.Second) }

// Note only counts.
func Note(n *int) { *n++ }

// Bucket has a token for each call that may be made.
type Bucket struct{ tokens, places chan struct{} }

// NewBucket returns a bucket that is filled once in a second.
func NewBucket() *Bucket {
	b := &Bucket{tokens: make(chan struct{}), places: make(chan struct{}, 3)}
	go func() {
		for range time.Tick(time.Second) {
			b.tokens <- struct{}{}
		}
	}()
	return b
}

// Take takes a token.
func (b *Bucket) Take() { <-b.tokens }

// TakeOr takes a token, unless the caller gives up first.
func (b *Bucket) TakeOr(done <-chan struct{}) bool {
	select {
	case <-b.tokens:
		return true
	case <-done:
		return false
	}
}

// Enter and Leave count who is inside.
func (b *Bucket) Enter() { b.places <- struct{}{} }

// Leave is the end of Enter.
func (b *Bucket) Leave() { <-b.places }

var turns = make(chan int)

func init() {
	go fill(turns)
}

func fill(ch chan<- int) {
	for n := 0; ; n++ {
		time.Sleep(time.Second)
		ch <- n
	}
}

// Turn returns the number of the next turn.
func Turn() int { return <-turns }
