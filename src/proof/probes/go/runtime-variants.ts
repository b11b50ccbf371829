/** The part of the runtime that says what may be put in the place of what a call gave, and does it. */
export const GO_VARIANTS = String.raw`
const (
	coopVariantsMax = 10
	coopEffectsMax  = 3
	coopSpotsMax    = 6
)

type coopVariant struct {
	name string
	do   func() bool
}

// coopLeaf is a place in a value: what stands there, and how it is reached.
type coopLeaf struct {
	name, text string
	path       []coopStep
	isList     bool
}

type coopWalk struct {
	leaves []coopLeaf
	seen   map[uintptr]bool
	lists  bool // Lists and maps are leaves too, by their lengths.
}

func coopLeavesOf(v coopReflect.Value, name string, lists bool) []coopLeaf {
	w := coopWalk{seen: map[uintptr]bool{}, lists: lists}
	w.visit(v, name, nil, 0)
	return w.leaves
}

func (w *coopWalk) visit(v coopReflect.Value, name string, path []coopStep, depth int) {
	v = coopOpen(v)
	if len(w.leaves) >= coopLeavesMax || depth > coopDepthMax || coopIsOpaque(v.Type()) {
		return
	}
	if text, isLeaf := coopLeafText(v); isLeaf {
		w.leaves = append(w.leaves, coopLeaf{name: name, text: text, path: path})
		return
	}
	step := func(at int, key coopReflect.Value) []coopStep {
		return append(append([]coopStep{}, path...), coopStep{at, key})
	}
	var none coopReflect.Value
	switch v.Kind() {
	case coopReflect.Interface:
		if !v.IsNil() && !coopIsOpaque(v.Elem().Type()) {
			w.visit(coopRoom(v.Elem()), name, step(0, none), depth)
		}
	case coopReflect.Ptr:
		if !v.IsNil() && !w.seen[v.Pointer()] {
			w.seen[v.Pointer()] = true
			w.visit(v.Elem(), name, step(0, none), depth)
		}
	case coopReflect.Struct:
		for at := 0; at < v.NumField(); at++ {
			if coopIsSeen(v.Type(), at) {
				w.visit(v.Field(at), name+"."+v.Type().Field(at).Name, step(at, none), depth+1)
			}
		}
	case coopReflect.Slice, coopReflect.Array:
		w.list(v, name, path)
		for at := 0; at < v.Len(); at++ {
			if at < coopItemsMax || at >= v.Len()-coopItemsMax {
				w.visit(v.Index(at), name+"["+coopStrconv.Itoa(at)+"]", step(at, none), depth+1)
			}
		}
	case coopReflect.Map:
		w.list(v, name, path)
		for at, key := range coopSortedKeys(v) {
			value := v.MapIndex(key)
			if at < coopItemsMax && value.IsValid() && !coopIsOpaque(value.Type()) {
				w.visit(coopRoom(value), name+"["+coopTextOf(coopRoom(key))+"]", step(0, key), depth+1)
			}
		}
	}
}

func (w *coopWalk) list(v coopReflect.Value, name string, path []coopStep) {
	if w.lists {
		w.leaves = append(w.leaves, coopLeaf{name: name + "#", text: coopStrconv.Itoa(v.Len()), path: path, isList: true})
	}
}

// coopSpread takes some of many, the first and the last before those between.
func coopSpread(many, most int) []int {
	order := []int{0, many - 1, many / 2, 1, many - 2, many / 4, many / 4 * 3, 2}
	taken := map[int]bool{}
	spread := []int{}
	for _, at := range order {
		if at >= 0 && at < many && !taken[at] && len(spread) < most {
			taken[at] = true
			spread = append(spread, at)
		}
	}
	return spread
}

// variants of the call: those of its results in turns, then of what it changed.
func (call *coopProbeCall) variants(results []interface{}) []coopVariant {
	all := [][]coopVariant{}
	isSilent := true // Nothing is given but the word that nothing failed.
	failed := -1
	for at, one := range results {
		v := coopReflect.ValueOf(one).Elem()
		isError := v.Kind() == coopReflect.Interface && v.Type().Implements(coopErrorType)
		isSilent = isSilent && isError && v.IsNil()
		if isError && !v.IsNil() {
			failed = at
		}
	}
	for at, one := range results {
		v := coopReflect.ValueOf(one).Elem()
		if failed >= 0 && failed != at && v.IsZero() {
			continue
		}
		own := coopVariantsOf(v)
		for i := range own {
			if at > 0 {
				own[i].name += "_" + coopStrconv.Itoa(at)
			}
		}
		if at == failed {
			all = append([][]coopVariant{own}, all...)
		} else {
			all = append(all, own)
		}
	}
	list := []coopVariant{}
	if isSilent {
		list = append(list, coopVariant{"skip", func() bool { return true }})
	}
	for turn := 0; turn < coopVariantsMax; turn++ {
		for _, own := range all {
			if turn < len(own) && len(list) < coopVariantsMax {
				list = append(list, own[turn])
			}
		}
	}
	return append(list, call.effects()...)
}

// coopLeavesGiven are the leaves of the receiver and the arguments that a call can change for its caller.
func coopLeavesGiven(given []coopReflect.Value) []coopLeaf {
	all := []coopLeaf{}
	for at, one := range given {
		name := coopStrconv.Itoa(at)
		for _, leaf := range coopLeavesOf(one, name, true) {
			isLocal := len(leaf.path) == 0 || one.Kind() == coopReflect.Struct || one.Kind() == coopReflect.Array
			if len(all) < coopLeavesMax && (!isLocal || leaf.isList && one.Kind() == coopReflect.Map) {
				leaf.path = append([]coopStep{{at: at}}, leaf.path...)
				all = append(all, leaf)
			}
		}
	}
	return all
}

func (call *coopProbeCall) effects() []coopVariant {
	if call.before == nil {
		return nil
	}
	changed := []coopLeaf{}
	for _, leaf := range coopLeavesGiven(call.given) {
		if text, isKnown := call.before[leaf.name]; !isKnown || text != leaf.text {
			changed = append(changed, leaf)
		}
	}
	all := []coopVariant{}
	for number, at := range coopSpread(len(changed), coopEffectsMax) {
		leaf := changed[at]
		all = append(all, coopVariant{coopPlace("effect:"+coopStrconv.Itoa(number), leaf.name), func() bool {
			return coopReach(call.given[leaf.path[0].at], leaf.path[1:], true, coopFirstChange)
		}})
	}
	return all
}

// coopFirstChange changes what stands in a place by the first of its variants; a map itself, as others may hold it too.
func coopFirstChange(v coopReflect.Value) bool {
	if v.Kind() == coopReflect.Map && !v.IsNil() {
		return coopFewerKeys(v) || coopMoreKeys(v)
	}
	all := coopVariantsOf(v)
	if v.Kind() == coopReflect.Slice && !coopIsBytes(v.Type()) {
		all = coopListVariants(v)
	}
	return len(all) > 0 && all[0].do()
}
`;
