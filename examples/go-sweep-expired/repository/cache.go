// Package cache keeps values for a while.
package cache

import "time"

type item struct {
	value string
	until time.Time
}

// Cache holds values until their time is over.
type Cache struct{ items map[string]item }

// New makes an empty cache.
func New() *Cache { return &Cache{items: map[string]item{}} }

// Put keeps a value for so long from now on.
func (c *Cache) Put(key, value string, now time.Time, long time.Duration) {
	c.items[key] = item{value, now.Add(long)}
}

// Get gives a value whose time is not over.
func (c *Cache) Get(key string, now time.Time) (string, bool) {
	found, ok := c.items[key]
	if !ok || !now.Before(found.until) {
		return "", false
	}
	return found.value, true
}

// Len counts what is held, expired or not.
func (c *Cache) Len() int { return len(c.items) }
