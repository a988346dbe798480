package min2

import (
	"log"
	"sync/atomic"
)

var counter atomic.Int64

// E1 Not reported: counted atomically
func e1(id string) {
	if err := rc.BlockRemove(id); err != nil {
		counter.Add(1)
		log.Print(err)
	}
}
