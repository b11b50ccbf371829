/** The part of the runtime that writes down what a call gave: two calls that are asked the same can be told apart by it. */
export const GO_GAVE = String.raw`
// coopHash is the same in every run.
func coopHash(text string) uint64 {
	hash := coopFNV.New64a()
	_, _ = hash.Write([]byte(text))
	return hash.Sum64()
}

func coopHex(number uint64, digits int) string {
	hex := coopStrconv.FormatUint(number, 16)
	return coopStrings.Repeat("0", digits-len(hex)) + hex
}

// coopPlace names the way to a place in a value, so that a place of another shape is never called the same.
func coopPlace(name, way string) string {
	hash := coopHash(way)
	return name + "." + coopHex((hash^hash>>16^hash>>32^hash>>48)&0xffff, 4)
}

// gave is what the call gave, or the kind and the words of its panic, and what it changed in its receiver and arguments.
func (call *coopProbeCall) gave(panicked interface{}, results []interface{}) string {
	w := coopWriter{seen: map[uintptr]bool{}}
	if panicked != nil {
		w.text.WriteString("panic ")
		w.outcome(coopReflect.ValueOf(panicked))
		results = nil
	}
	for _, one := range results {
		w.outcome(coopReflect.ValueOf(one).Elem())
		w.text.WriteString(";")
	}
	left := map[string]bool{}
	for _, leaf := range coopLeavesGiven(call.given) {
		left[leaf.name] = true
		if text, isKnown := call.before[leaf.name]; !isKnown || text != leaf.text {
			w.text.WriteString(leaf.name + "=" + leaf.text + ";")
		}
	}
	gone := []string{}
	for name := range call.before {
		if !left[name] {
			gone = append(gone, name)
		}
	}
	coopSort.Strings(gone)
	return coopHex(coopHash(w.text.String()+coopStrings.Join(gone, ";")), 16)
}

// outcome is a value, but of an error its kind and its words alone: what else lies in it may be another thing each time.
func (w *coopWriter) outcome(v coopReflect.Value) {
	for v.Kind() == coopReflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != coopReflect.Interface && v.Type().Implements(coopErrorType) && v.CanInterface() {
		fault, _ := v.Interface().(error)
		w.text.WriteString(v.Type().String() + " " + coopErrorWords(fault))
		return
	}
	w.inside(v, 0)
}

// coopErrorWords: an error behind a nil pointer may have none.
func coopErrorWords(fault error) (words string) {
	defer func() {
		if recover() != nil {
			words = "?"
		}
	}()
	words = fault.Error()
	return coopQuoted(words[:coopCut(len(words))], len(words))
}

// coopIsFull says whether nothing more is heard from this line of a test.
func coopIsFull(row string) bool {
	coopLock.Lock()
	defer coopLock.Unlock()
	return coopHeard[row] >= coopHeardMax || coopRows[row] >= coopRowsMax || len(coopSeen) >= coopLinesMax
}

func coopHear(row string) {
	coopLock.Lock()
	defer coopLock.Unlock()
	coopHeard[row]++
}

func coopIsNew(call *coopProbeCall, gave string) bool {
	coopLock.Lock()
	defer coopLock.Unlock()
	name := call.of + "|" + call.key + "|" + coopStrings.Join(call.from, "|") + "|" + gave
	row := call.of + "|" + call.from[0]
	if coopSeen[name] || len(coopSeen) >= coopLinesMax || coopRows[row] >= coopRowsMax {
		return false
	}
	coopSeen[name] = true
	coopRows[row]++
	return true
}
`;
