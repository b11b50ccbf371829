package cache

import (
	"testing"
	"time"
)

func TestAcceptance(t *testing.T) {
	at := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	c := New()
	c.Put("short", "1", at, time.Second)
	c.Put("edge", "2", at, time.Minute)
	c.Put("long", "3", at, time.Hour)
	if got := c.Sweep(at.Add(time.Minute)); got != 2 {
		t.Errorf("Sweep took %d, want 2", got)
	}
	if c.Len() != 1 {
		t.Errorf("%d are left, want 1", c.Len())
	}
	if _, ok := c.Get("long", at.Add(time.Minute)); !ok {
		t.Error("a live value was swept")
	}
	if got := c.Sweep(at.Add(time.Minute)); got != 0 {
		t.Errorf("the second Sweep took %d, want 0", got)
	}
}
