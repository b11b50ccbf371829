// Package versions reads version numbers.
package versions

import (
	"fmt"
	"strconv"
	"strings"
)

// Version has three numbers.
type Version [3]int

// Parse reads "1.2.3".
func Parse(text string) (Version, error) {
	var version Version
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return version, fmt.Errorf("%q does not have three numbers", text)
	}
	for i, part := range parts {
		number, err := strconv.Atoi(part)
		if err != nil || number < 0 {
			return Version{}, fmt.Errorf("%q is not a number", part)
		}
		version[i] = number
	}
	return version, nil
}
