// Package retry is a helper of the house.
package retry

import "time"

// Do calls f up to n times, as long as it says so.
func Do(n int, f func() (again bool, err error)) (err error) {
	for i := range n {
		again, err := f()
		if !again {
			return err
		}
		time.Sleep(time.Second << i)
	}
	return err
}
