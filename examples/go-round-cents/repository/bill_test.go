package bill

import "testing"

func TestPercent(t *testing.T) {
	for _, one := range []struct{ cents, percent, want int }{
		{1000, 19, 190},
		{0, 50, 0},
		{-1000, 19, -190},
		{-1010, 10, -101},
	} {
		if got := Percent(one.cents, one.percent); got != one.want {
			t.Errorf("Percent(%d, %d) = %d, want %d", one.cents, one.percent, got, one.want)
		}
	}
}

func TestDiscount(t *testing.T) {
	if got := Discount(1000, 10); got != 900 {
		t.Errorf("got %d, want 900", got)
	}
}
