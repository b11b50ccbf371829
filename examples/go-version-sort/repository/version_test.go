package versions

import "testing"

func TestParse(t *testing.T) {
	if got, err := Parse("1.20.3"); err != nil || got != (Version{1, 20, 3}) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, text := range []string{"", "1.2", "1.2.x", "1.-2.3"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
