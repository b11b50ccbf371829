package polite

import (
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	for attempt, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		if got := Backoff(attempt); got != want {
			t.Errorf("Backoff(%d) = %v, want %v", attempt, got, want)
		}
	}
	if got := Backoff(50); got != Longest {
		t.Errorf("Backoff(50) = %v, want %v", got, Longest)
	}
}
