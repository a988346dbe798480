// Package backoff calls a function until it succeeds.
package backoff

import "time"

// Do calls f at most five times, with a pause before each further time.
func Do(f func() error) error {
	var err error
	for i := range 5 {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// If calls f again while again says so.
func If(f func() error, again func(error) bool) error {
	var err error
	for i := range 5 {
		if err = f(); err == nil || !again(err) {
			return err
		}
		time.Sleep(time.Second << i)
	}
	return err
}
