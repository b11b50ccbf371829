// Package ring keeps the last events of a process.
package ring

// Ring holds at most so many values as it was made for; a new one takes the place of the oldest.
type Ring struct {
	values []string
	next   int
	full   bool
}

// New makes a ring for size values.
func New(size int) *Ring { return &Ring{values: make([]string, size)} }

// Add puts a value in.
func (r *Ring) Add(value string) {
	if len(r.values) == 0 {
		return
	}
	r.values[r.next] = value
	r.next = (r.next + 1) % len(r.values)
	r.full = r.full || r.next == 0
}

// Values lists what is held, the oldest first.
func (r *Ring) Values() []string {
	if !r.full {
		return append([]string{}, r.values[:r.next]...)
	}
	return append([]string{}, r.values...)
}
