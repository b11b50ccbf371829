/** A package with one function for each thing that an instrumented function has to stand. */
export const SHOP = String.raw`package shop

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
	"time"
)

// Names that the runtime may not stumble over.
var reflect, json, os = 1, 2, 3

type Item struct {
	Name  string
	price int
}

type Cart struct {
	items []Item
	total float64
}

func (c *Cart) Add(name string, price int) {
	c.items = append(c.items, Item{name, price})
	c.total += float64(price)
}

func (c *Cart) Total() (float64, error) {
	if len(c.items) == 0 {
		return 0, errors.New("empty")
	}
	return c.total, nil
}

func (c Cart) Names() []string {
	names := []string{}
	for _, one := range c.items {
		names = append(names, one.Name)
	}
	sort.Strings(names)
	return names
}

func Map[T, U any](all []T, f func(T) U) []U {
	var out []U
	for _, one := range all {
		out = append(out, f(one))
	}
	return out
}

func Fib(n int) int {
	if n < 2 {
		return n
	}
	return Fib(n-1) + Fib(n-2)
}

func Write(w io.Writer, _ int, args ...interface{}) (n int, _ error) { return fmt.Fprintln(w, args...) }

func Boom(s string) (out string) {
	if s == "" {
		panic("boom")
	}
	out = strings.ToUpper(s)
	return
}

func Sort(all []int) { sort.Ints(all) }

func Find(m map[string]int, k string) (int, bool) { v, ok := m[k]; return v, ok }

func Save(m map[string]int, k string) error { m[k] = 1; return nil }

func None() []Item { return nil }

func First(all []*Item) *Item { return all[0] }

func Day(when time.Time) int { return int(when.Unix() / 86400) }

type Counter struct {
	mu sync.Mutex
	n  int
}

func (c *Counter) Add(by int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += by
	return c.n
}

func Host(url string) string { return strings.TrimPrefix(url, "http://") }

func Caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%v", r)
	}
}
`;

/** Says one line for what it does not expect, and goes on. */
export const SHOP_TEST = String.raw`package shop

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func expect(t *testing.T, is bool, format string, args ...interface{}) {
	if !is {
		fmt.Printf(strings.Split(t.Name(), "/")[0]+": "+format+"\n", args...)
		t.Fail()
	}
}

func TestCart(t *testing.T) {
	c := &Cart{}
	if _, err := c.Total(); err == nil {
		expect(t, false, "no error")
	} else {
		expect(t, err.Error() == "empty", "%v", err)
	}
	c.Add("b", 3)
	c.Add("a", 4)
	n, err := c.Total()
	expect(t, n == 7 && err == nil, "total %v %v", n, err)
	if n == 7 && err == nil {
		names := strings.Join(c.Names(), ",")
		expect(t, names == "a,b", "names %v", names)
	}
}

func TestSub(t *testing.T) {
	t.Run("in it", func(t *testing.T) {
		got := Map([]int{1, 2, 3}, func(i int) string { return fmt.Sprint(i, "!") })
		expect(t, len(got) == 3, "%v", got)
	})
}

func TestRest(t *testing.T) {
	expect(t, Fib(18) == 2584, "fib")
	var b strings.Builder
	n, _ := Write(&b, 3, "x", 1)
	expect(t, b.String() == "x 1\n" && n == 4, "wrote %v (%v)", strings.ReplaceAll(b.String(), "\n", "/"), n)
	func() {
		defer func() {
			r := recover()
			if r == nil {
				expect(t, false, "no boom")
			} else {
				expect(t, r == "boom", "%v", r)
			}
		}()
		Boom("")
	}()
	expect(t, Boom("a") == "A", "upper %v", Boom("a"))
	all := []int{3, 1, 2}
	Sort(all)
	expect(t, all[0] == 1 && all[1] == 2 && all[2] == 3, "sorted %v", all)
	m := map[string]int{"a": 1}
	v, ok := Find(m, "a")
	expect(t, v == 1 && ok, "found %v %v", v, ok)
	err := Save(m, "b")
	expect(t, err == nil && m["b"] == 1, "saved %v %v", m, err)
	expect(t, None() == nil, "none %v", None())
	kept := &Item{"a", 1}
	first := First([]*Item{kept})
	expect(t, first.Name == "a", "first %v, kept %v", *first, *kept)
	day := Day(time.Now().Add(time.Hour * 48))
	expect(t, day > 18000, "day %v", day)
	var caught error
	func() {
		defer Caught(&caught)
		panic("x")
	}()
	expect(t, caught != nil, "not caught")
}

func TestSame(t *testing.T) {
	for _, port := range []int{80, 443, 40000 + time.Now().Nanosecond()%9999} {
		host := Host(fmt.Sprint("http://localhost:", port))
		expect(t, host == fmt.Sprint("localhost:", port), "host %v", host)
	}
	long := strings.Repeat(" localhost:40000/a", 300000)
	expect(t, len(Host(long)) == len(long), "long")
}

func TestAside(t *testing.T) {
	var all sync.WaitGroup
	for i := 0; i < 3; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			Boom("aside")
		}()
	}
	counter, other := &Counter{}, &Counter{}
	for i := 0; i < 3; i++ {
		go other.Add(1)
		counter.Add(2)
	}
	all.Wait()
}
`;
