package cache

import (
	"testing"
	"time"
)

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func TestGet(t *testing.T) {
	c := New()
	c.Put("a", "1", start, time.Minute)
	if got, ok := c.Get("a", start.Add(59*time.Second)); !ok || got != "1" {
		t.Errorf("got %q, %v", got, ok)
	}
	if _, ok := c.Get("a", start.Add(time.Minute)); ok {
		t.Error("a value outlived its time")
	}
}
