// Package polite decides how long a client waits before it asks again.
package polite

import "time"

// Longest is the longest wait between two attempts.
const Longest = time.Minute

// Backoff doubles from one second with each attempt, which counts from zero.
func Backoff(attempt int) time.Duration {
	wait := time.Second
	for i := 0; i < attempt && wait < Longest; i++ {
		wait *= 2
	}
	return min(wait, Longest)
}
