// Package locks tries to get a lock several times.
package locks

import "time"

// With runs f once, if the lock is got.
func With(lock func() error, f func() error) error {
	err := lock()
	for range 5 {
		if err == nil {
			break
		}
		time.Sleep(time.Second)
		err = lock()
	}
	if err != nil {
		return err
	}
	return f()
}
