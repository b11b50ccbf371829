// Package people keeps names and addresses.
package people

import (
	"errors"
	"strings"
)

// Person is one of them.
type Person struct{ Name, Mail string }

// Create makes a person of what a form says.
func Create(name, mail string) (Person, error) {
	name = strings.TrimSpace(name)
	mail = strings.TrimSpace(mail)
	if name == "" {
		return Person{}, errors.New("name is missing")
	}
	if !strings.Contains(mail, "@") {
		return Person{}, errors.New("mail has no @")
	}
	return Person{name, mail}, nil
}
