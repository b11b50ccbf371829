package versions

import "testing"

func TestAcceptance(t *testing.T) {
	ordered := []Version{{0, 0, 1}, {0, 9, 9}, {0, 10, 0}, {1, 0, 0}, {1, 0, 10}, {1, 2, 0}, {10, 0, 0}}
	for i, a := range ordered {
		for j, b := range ordered {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := a.Compare(b); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", a, b, got, want)
			}
		}
	}
}
