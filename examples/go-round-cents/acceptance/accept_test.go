package bill

import "testing"

func TestAcceptance(t *testing.T) {
	for _, one := range []struct{ cents, percent, want int }{
		{50, 1, 1}, {49, 1, 0}, {150, 1, 2}, {-50, 1, -1}, {-49, 1, 0}, {-1010, 10, -101}, {-1000, 19, -190}, {1000, 19, 190},
	} {
		if got := Percent(one.cents, one.percent); got != one.want {
			t.Errorf("Percent(%d, %d) = %d, want %d", one.cents, one.percent, got, one.want)
		}
	}
}
