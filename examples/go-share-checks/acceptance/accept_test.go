package people

import (
	"os"
	"strings"
	"testing"
)

func TestAcceptance(t *testing.T) {
	count := 0
	for _, path := range []string{"create.go", "rename.go"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		count += strings.Count(string(text), "has no @")
	}
	if count > 1 {
		t.Errorf("the check stands in %d places", count)
	}
	ann := Person{"Ann", "a@b.c"}
	if p, err := Change(ann, " ", ""); err != nil || p != ann {
		t.Errorf("got %+v, %v", p, err)
	}
	if p, err := Change(Person{}, "", "a@b.c"); err == nil || p != (Person{}) {
		t.Errorf("got %+v, %v", p, err)
	}
	if _, err := Create(" ", "a@b.c"); err == nil || err.Error() != "name is missing" {
		t.Errorf("got %v", err)
	}
}
