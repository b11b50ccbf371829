package shout

import (
	"os"
	"regexp"
	"testing"
)

func TestAcceptance(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, flag := range regexp.MustCompile(`--\w+`).FindAllString(string(text), -1) {
		if flag != "--mark" && flag != "--keep" {
			t.Errorf("README.md names %s, which Parse does not know", flag)
		}
	}
	if !regexp.MustCompile(`--keep`).Match(text) {
		t.Error("README.md does not name --keep")
	}
}
