package people

import (
	"errors"
	"strings"
)

// Change gives a person another name and address; an empty one stays as it is.
func Change(p Person, name, mail string) (Person, error) {
	name = strings.TrimSpace(name)
	mail = strings.TrimSpace(mail)
	if name == "" {
		name = p.Name
	}
	if mail == "" {
		mail = p.Mail
	}
	if name == "" {
		return p, errors.New("name is missing")
	}
	if !strings.Contains(mail, "@") {
		return p, errors.New("mail has no @")
	}
	return Person{name, mail}, nil
}
