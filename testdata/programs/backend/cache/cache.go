// Package cache holds members of rooms for a while.
package cache

import (
	"errors"
	"sync"
)

// ErrMiss means that nothing is held.
var ErrMiss = errors.New("cache: miss")

// Cache is safe for concurrent use.
type Cache struct {
	mu sync.Mutex
	m  map[string][]string
}

// Members returns what is held.
func (c *Cache) Members(id string) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.m[id]; ok {
		return v, nil
	}
	return nil, ErrMiss
}

// Put holds members.
func (c *Cache) Put(id string, members []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil {
		c.m = map[string][]string{}
	}
	c.m[id] = members
}
