// Package bill computes with money in cents.
package bill

// Percent takes so many percent of an amount, rounded to the cent. Half a cent is rounded away from zero.
func Percent(cents, percent int) int {
	return cents * percent / 100
}

// Discount is an amount less so many percent.
func Discount(cents, percent int) int {
	return cents - Percent(cents, percent)
}
