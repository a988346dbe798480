// Package worker takes items until there are none.
package worker

import (
	"errors"
	"time"

	"example.com/sentinels/client"
	"example.com/sentinels/codes"
	"example.com/sentinels/service"
)

// Work takes items. That it fails is how it learns that there is nothing.
func Work(url string, do func([]byte)) error {
	for {
		item, err := service.Next(url)
		switch {
		case errors.Is(err, service.ErrNothing):
			time.Sleep(time.Second)
			continue
		case err != nil:
			return err
		}
		do(item)
	}
}

// Again takes an item, and waits while the queue is full.
func Again(url string) (item []byte, err error) {
	for range 3 {
		if item, err = client.Take(url); !errors.Is(err, codes.ErrFull) {
			return item, err
		}
		time.Sleep(time.Second)
	}
	return nil, err
}
