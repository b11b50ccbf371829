package polite

import (
	"testing"
	"time"
)

func TestAcceptance(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, one := range []struct {
		header string
		want   time.Duration
		ok     bool
	}{
		{"7", 7 * time.Second, true},
		{" 7 ", 7 * time.Second, true},
		{"0", 0, true},
		{"-3", 0, false},
		{"", 0, false},
		{"soon", 0, false},
		{"Sun, 01 Mar 2026 12:00:30 GMT", 30 * time.Second, true},
		{"Sun, 01 Mar 2026 11:00:00 GMT", 0, true},
		{"86400", Longest, true},
		{"9223372037", Longest, true},
	} {
		got, ok := RetryAfter(one.header, now)
		if got != one.want || ok != one.ok {
			t.Errorf("RetryAfter(%q) = %v, %v, want %v, %v", one.header, got, ok, one.want, one.ok)
		}
	}
}
