// Package shout makes text loud.
package shout

import (
	"errors"
	"strconv"
)

// Options is what the command line says.
type Options struct {
	Marks int
	Keep  bool
	Text  string
}

// Parse reads the command line: --mark N, --keep and one text.
func Parse(args []string) (Options, error) {
	options := Options{Marks: 1}
	for i := 0; i < len(args); i++ {
		switch args[i] {
		case "--keep":
			options.Keep = true
		case "--mark":
			i++
			if i == len(args) {
				return options, errors.New("--mark needs a number")
			}
			marks, err := strconv.Atoi(args[i])
			if err != nil || marks < 0 {
				return options, errors.New("--mark needs a number from 0 on")
			}
			options.Marks = marks
		default:
			options.Text = args[i]
		}
	}
	return options, nil
}
