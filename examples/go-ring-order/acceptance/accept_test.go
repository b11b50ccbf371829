package ring

import (
	"strings"
	"testing"
)

func TestAcceptance(t *testing.T) {
	r := New(3)
	want := []string{"a", "ab", "abc", "bcd", "cde", "def", "efg"}
	for i, value := range strings.Split("abcdefg", "") {
		r.Add(value)
		if got := strings.Join(r.Values(), ""); got != want[i] {
			t.Errorf("after %s: got %q, want %q", value, got, want[i])
		}
	}
	r.Values()[0] = "x"
	if got := strings.Join(r.Values(), ""); got != "efg" {
		t.Errorf("a caller changed the ring: %q", got)
	}
}
