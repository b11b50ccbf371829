/** The part of the runtime that knows the variants of each kind of value. */
export const GO_KINDS = String.raw`
// coopVariantsOf lists what the value in this place can be changed into, the most telling first.
func coopVariantsOf(v coopReflect.Value) []coopVariant {
	v = coopOpen(v)
	t := v.Type()
	if coopIsOpaque(t) {
		return nil
	}
	if t == coopTimeType {
		when, _ := v.Interface().(coopTime.Time)
		return coopInto(v, "plus", when.Add(coopTime.Second))
	}
	switch v.Kind() {
	case coopReflect.Bool:
		return coopInto(v, "not", !v.Bool())
	case coopReflect.Int, coopReflect.Int8, coopReflect.Int16, coopReflect.Int32, coopReflect.Int64:
		return coopInto(v, "plus", v.Int()+1)
	case coopReflect.Uint, coopReflect.Uint8, coopReflect.Uint16, coopReflect.Uint32, coopReflect.Uint64:
		return coopInto(v, "plus", v.Uint()+1)
	case coopReflect.Float32, coopReflect.Float64, coopReflect.Complex64, coopReflect.Complex128:
		return coopNear(v)
	case coopReflect.String:
		return coopTexts(v, v.String())
	case coopReflect.Interface:
		return coopOfInterface(v)
	case coopReflect.Ptr:
		if v.IsNil() && !coopIsOpaque(t.Elem()) {
			return []coopVariant{{"something", func() bool { return coopSet(v, coopReflect.New(t.Elem())) }}}
		}
	case coopReflect.Slice, coopReflect.Map:
		if v.IsNil() {
			return []coopVariant{{"something", func() bool { return coopMore(v) }}}
		}
		if coopIsBytes(t) {
			return coopTexts(v, string(v.Bytes()))
		}
	}
	return coopOfParts(v)
}

func coopInto(v coopReflect.Value, name string, to interface{}) []coopVariant {
	return []coopVariant{{name, func() bool { return coopSet(v, coopReflect.ValueOf(to)) }}}
}

func coopNear(v coopReflect.Value) []coopVariant {
	all := []coopVariant{}
	for _, step := range []string{"1e-6", "0.001", "0.04", "0.4", "4"} {
		more, _ := coopStrconv.ParseFloat(step, 64)
		room := coopRoom(v)
		if v.Kind() == coopReflect.Complex64 || v.Kind() == coopReflect.Complex128 {
			room.SetComplex(v.Complex() + complex(more, 0))
			if room.Complex() == v.Complex() {
				continue
			}
		} else if room.SetFloat(v.Float() + more); room.Float() == v.Float() || v.Float() != v.Float() {
			continue
		}
		all = append(all, coopVariant{"near:" + step, func() bool { return coopSet(v, room) }})
	}
	return all
}

func coopTexts(v coopReflect.Value, text string) []coopVariant {
	all := append(coopInto(v, "append", text+"x"), coopInto(v, "prepend", "x"+text)...)
	other := coopStrings.ToUpper(text)
	if other == text {
		other = coopStrings.ToLower(text)
	}
	if other != text && coopUTF8.ValidString(text) {
		all = append(all, coopInto(v, "case", other)...)
	}
	return all
}

func coopOfInterface(v coopReflect.Value) []coopVariant {
	fault := coopReflect.ValueOf(coopErrors.New("coop: another error"))
	isError := v.Type().Implements(coopErrorType) && fault.Type().AssignableTo(v.Type())
	if v.IsNil() {
		if isError {
			return []coopVariant{{"something", func() bool { return coopSet(v, fault) }}}
		}
		if v.NumMethod() == 0 {
			return coopInto(v, "something", "coop")
		}
		return nil
	}
	if v.Type().Implements(coopErrorType) {
		return coopOfError(v, isError)
	}
	if coopIsOpaque(v.Elem().Type()) {
		return nil
	}
	room := coopRoom(v.Elem())
	all := coopVariantsOf(room)
	for at := range all {
		do := all[at].do
		all[at].do = func() bool { return do() && coopSet(v, room) }
	}
	return all
}

// coopOfParts: each of some leaves changed, then the list itself or the first list inside.
func coopOfParts(v coopReflect.Value) []coopVariant {
	all := []coopVariant{}
	leaves, lists := []coopLeaf{}, []coopLeaf{}
	for _, leaf := range coopLeavesOf(v, "", true) {
		if leaf.isList {
			lists = append(lists, leaf)
		} else {
			leaves = append(leaves, leaf)
		}
	}
	for number, at := range coopSpread(len(leaves), coopSpotsMax) {
		path := leaves[at].path
		all = append(all, coopVariant{coopPlace("leaf:"+coopStrconv.Itoa(number), leaves[at].name), func() bool { return coopReach(v, path, false, coopFirstChange) }})
	}
	if len(lists) == 0 {
		return all
	}
	if v.Kind() == coopReflect.Map {
		all = append(all, coopListVariants(v)...)
		lists = lists[1:]
	}
	named := map[string]bool{}
	for _, one := range all {
		named[one.name] = true
	}
	for _, list := range lists {
		path := list.path
		names := []string{}
		coopReach(v, path, false, func(found coopReflect.Value) bool {
			for _, one := range coopListVariants(found) {
				names = append(names, one.name)
			}
			return false
		})
		for _, name := range names {
			if !named[name] {
				wanted := name
				if list.name != "#" {
					name = coopPlace(name, list.name)
				}
				all = append(all, coopVariant{name, func() bool { return coopReach(v, path, false, coopListChange(wanted)) }})
			}
		}
		if len(names) > 0 {
			break
		}
	}
	return all
}

func coopListChange(name string) func(coopReflect.Value) bool {
	return func(v coopReflect.Value) bool {
		for _, one := range coopListVariants(v) {
			if one.name == name {
				return one.do()
			}
		}
		return false
	}
}

// coopListVariants: the last one away, the last one once more, and two that differ in each other's places.
func coopListVariants(v coopReflect.Value) []coopVariant {
	all := []coopVariant{}
	many := v.Len()
	if v.Kind() != coopReflect.Array && many > 0 {
		all = append(all, coopVariant{"drop", func() bool { return coopFewer(v) }})
	}
	// Whoever asks for each key by its name asks as much as who compares the whole map.
	if v.Kind() != coopReflect.Array && (v.Kind() != coopReflect.Map || many == 0) {
		all = append(all, coopVariant{"extra", func() bool { return coopMore(v) }})
	}
	for at := 0; v.Kind() != coopReflect.Map && at+1 < many && at < coopLeavesMax; at++ {
		at := at
		if coopTextOf(v.Index(at)) != coopTextOf(v.Index(at+1)) {
			return append(all, coopVariant{"order", func() bool { return coopSwap(v, at) }})
		}
	}
	return all
}

func coopFewer(v coopReflect.Value) bool {
	if v.Kind() == coopReflect.Slice {
		return coopSet(v, coopCopied(v, v.Len()-1))
	}
	return coopFewerKeys(coopCopiedTo(v))
}

func coopFewerKeys(all coopReflect.Value) bool {
	keys := coopSortedKeys(all)
	if len(keys) > 0 {
		all.SetMapIndex(keys[len(keys)-1], coopReflect.Value{})
	}
	return len(keys) > 0
}

func coopMore(v coopReflect.Value) bool {
	if v.Kind() == coopReflect.Map {
		return coopMoreKeys(coopCopiedTo(v))
	}
	many := v.Len()
	all := coopCopied(v, many+1)
	if many > 0 {
		all.Index(many).Set(all.Index(many - 1))
	}
	return coopSet(v, all)
}

// coopMoreKeys adds what stands at the last key once more, at a key that is like it.
func coopMoreKeys(all coopReflect.Value) bool {
	key, value := coopReflect.New(all.Type().Key()).Elem(), coopReflect.Zero(all.Type().Elem())
	if keys := coopSortedKeys(all); len(keys) > 0 {
		key, value = coopRoom(keys[len(keys)-1]), all.MapIndex(keys[len(keys)-1])
	}
	for tries := 0; tries < coopLeavesMax; tries++ {
		if !coopFirstChange(key) {
			return false
		}
		if !all.MapIndex(key).IsValid() {
			all.SetMapIndex(key, value)
			return true
		}
	}
	return false
}

func coopCopiedTo(v coopReflect.Value) coopReflect.Value {
	coopSet(v, coopCopiedMap(v))
	return v
}

func coopSwap(v coopReflect.Value, at int) bool {
	all := v
	if v.Kind() == coopReflect.Slice {
		all = coopCopied(v, v.Len())
	}
	first := coopRoom(all.Index(at))
	all.Index(at).Set(all.Index(at + 1))
	all.Index(at + 1).Set(first)
	if v.Kind() == coopReflect.Slice {
		return coopSet(v, all)
	}
	return true
}
`;
