package words

import (
	"testing"
	"unicode/utf8"
)

func TestAcceptance(t *testing.T) {
	for most := 0; most < 12; most++ {
		got := Cut("größe €5", most)
		if len(got) > most || !utf8.ValidString(got) {
			t.Errorf("Cut to %d gives %q", most, got)
		}
	}
	if got := Cut("größe", 3); got != "gr" {
		t.Errorf("got %q, want gr", got)
	}
	if got := Cut("größe", 4); got != "grö" {
		t.Errorf("got %q, want grö", got)
	}
}
