package people

import "testing"

func TestCreate(t *testing.T) {
	if p, err := Create(" Ann ", "a@b.c "); err != nil || p != (Person{"Ann", "a@b.c"}) {
		t.Errorf("got %+v, %v", p, err)
	}
	for _, one := range [][2]string{{"", "a@b.c"}, {"Ann", "nowhere"}} {
		if _, err := Create(one[0], one[1]); err == nil {
			t.Errorf("%q was taken", one)
		}
	}
}

func TestChange(t *testing.T) {
	ann := Person{"Ann", "a@b.c"}
	if p, err := Change(ann, "", " x@y.z"); err != nil || p != (Person{"Ann", "x@y.z"}) {
		t.Errorf("got %+v, %v", p, err)
	}
	if p, err := Change(ann, "Bob", "nowhere"); err == nil || p != ann {
		t.Errorf("got %+v, %v", p, err)
	}
}
