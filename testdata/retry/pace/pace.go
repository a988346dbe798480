// Package pace waits, and does not.
package pace

import "time"

// Wait waits for a second.
func Wait() { <-time.After(time.Second) }

// Note only counts.
func Note(n *int) { *n++ }
