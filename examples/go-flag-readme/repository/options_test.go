package shout

import "testing"

func TestParse(t *testing.T) {
	got, err := Parse([]string{"--mark", "3", "--keep", "hi"})
	if err != nil || got != (Options{Marks: 3, Keep: true, Text: "hi"}) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := Parse([]string{"--mark"}); err == nil {
		t.Error("a missing number was taken")
	}
}
