package words

import "testing"

func TestCut(t *testing.T) {
	if got := Cut("hello", 10); got != "hello" {
		t.Errorf("got %q", got)
	}
	if got := Cut("hello", 4); got != "hell" {
		t.Errorf("got %q, want hell", got)
	}
}
