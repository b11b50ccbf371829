package ring

import (
	"strings"
	"testing"
)

func TestValues(t *testing.T) {
	r := New(3)
	for _, value := range []string{"a", "b"} {
		r.Add(value)
	}
	if got := strings.Join(r.Values(), ""); got != "ab" {
		t.Errorf("got %q, want ab", got)
	}
	r.Add("c")
	if got := strings.Join(r.Values(), ""); got != "abc" {
		t.Errorf("got %q, want abc", got)
	}
}

func TestNoRoom(t *testing.T) {
	r := New(0)
	r.Add("a")
	if got := len(r.Values()); got != 0 {
		t.Errorf("got %d values, want none", got)
	}
}
