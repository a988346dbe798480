//go:build linux || darwin

package perf

import (
	"os"
	"syscall"
)

// peak is the most memory that a finished process, or one that it waited for, has held.
func peak(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return u.Maxrss
}
