package files

import "testing"

func TestResolve(t *testing.T) {
	if got, ok := Resolve("/srv/", "a/b.txt"); !ok || got != "/srv/a/b.txt" {
		t.Errorf("got %q, %v", got, ok)
	}
	if _, ok := Resolve("/srv", ""); ok {
		t.Error("an empty name was taken")
	}
}
