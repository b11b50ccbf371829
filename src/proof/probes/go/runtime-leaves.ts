/** The part of the runtime that writes a value down: as the key of a call, and as the list of its leaves. */
export const GO_LEAVES = String.raw`
const (
	coopKeyBytesMax  = 4096 // Of the text that is hashed: what lies further in seldom tells two calls of a test apart.
	coopDepthMax     = 6
	coopLeavesMax    = 200 // Of one call: what is larger is not compared whole.
	coopItemsMax     = 50
)

type coopWriter struct {
	text coopStrings.Builder
	seen map[uintptr]bool
}

// coopKey is the same for the same arguments in every run: by structure, without addresses.
func coopKey(given []interface{}) string {
	w := coopWriter{seen: map[uintptr]bool{}}
	for _, one := range given {
		w.write(coopRoom(coopReflect.ValueOf(one)), 0)
		w.text.WriteString(";")
	}
	return coopHex(coopHash(w.text.String()), 16)
}

func coopTextOf(v coopReflect.Value) string {
	w := coopWriter{seen: map[uintptr]bool{}}
	w.write(v, 0)
	return w.text.String()
}

func (w *coopWriter) write(v coopReflect.Value, depth int) {
	if w.text.Len() > coopKeyBytesMax {
		return
	}
	v = coopOpen(v)
	t := v.Type()
	if text, isLeaf := coopLeafText(v); isLeaf {
		w.text.WriteString(text)
		return
	}
	if t.Kind() == coopReflect.Func && !v.IsNil() {
		w.text.WriteString(coopFunctionText(v))
		return
	}
	if coopIsOpaque(t) || depth > coopDepthMax {
		w.text.WriteString("<" + t.String() + ">")
		return
	}
	switch v.Kind() {
	case coopReflect.Interface:
		if v.IsNil() {
			w.text.WriteString("nil")
		} else {
			w.inside(v.Elem(), depth)
		}
	case coopReflect.Ptr:
		w.behind(v, depth)
	default:
		w.parts(v, depth)
	}
}

func (w *coopWriter) inside(v coopReflect.Value, depth int) {
	if coopIsOpaque(v.Type()) && v.Kind() == coopReflect.Struct {
		w.text.WriteString("<" + v.Type().String() + ">")
		return
	}
	w.write(coopRoom(v), depth)
}

func (w *coopWriter) behind(v coopReflect.Value, depth int) {
	if v.IsNil() {
		w.text.WriteString("nil")
	} else if w.seen[v.Pointer()] {
		w.text.WriteString("again")
	} else {
		w.seen[v.Pointer()] = true
		w.text.WriteString("&")
		w.write(v.Elem(), depth)
		delete(w.seen, v.Pointer())
	}
}

func (w *coopWriter) parts(v coopReflect.Value, depth int) {
	w.text.WriteString(v.Type().String() + "{")
	switch v.Kind() {
	case coopReflect.Struct:
		for at := 0; at < v.NumField(); at++ {
			if coopIsSeen(v.Type(), at) {
				w.text.WriteString(v.Type().Field(at).Name + ":")
				w.write(v.Field(at), depth+1)
				w.text.WriteString(",")
			}
		}
	case coopReflect.Slice, coopReflect.Array:
		for at := 0; at < v.Len() && w.text.Len() <= coopKeyBytesMax; at++ {
			w.write(v.Index(at), depth+1)
			w.text.WriteString(",")
		}
		w.text.WriteString("#" + coopStrconv.Itoa(v.Len()))
	case coopReflect.Map:
		for _, key := range coopSortedKeys(v) {
			w.inside(key, depth+1)
			w.text.WriteString(":")
			if value := v.MapIndex(key); value.IsValid() {
				w.inside(value, depth+1)
			}
			w.text.WriteString(",")
		}
		w.text.WriteString("#" + coopStrconv.Itoa(v.Len()))
	}
	w.text.WriteString("}")
}

func coopIsSeen(t coopReflect.Type, at int) bool {
	field := t.Field(at)
	return field.Name != "_" && (field.PkgPath == "" || coopIsOurs(t))
}

func coopFunctionText(v coopReflect.Value) string {
	name := ""
	if known := coopRuntime.FuncForPC(v.Pointer()); known != nil {
		name = known.Name()
	}
	// Closures are counted by the compiler, so that their names change with their surroundings.
	if coopStrings.Contains(name, ".func") || coopStrings.HasSuffix(name, "-fm") {
		name = ""
	}
	return "<" + v.Type().String() + name + ">"
}

func coopSortedKeys(v coopReflect.Value) []coopReflect.Value {
	if v.Len() > coopKeyBytesMax {
		return nil
	}
	keys := v.MapKeys()
	texts := make([]string, len(keys))
	for at, key := range keys {
		if !coopIsOpaque(key.Type()) {
			texts[at] = coopTextOf(coopRoom(key))
		}
	}
	coopSort.Sort(coopByText{keys, texts})
	return keys
}

type coopByText struct {
	keys  []coopReflect.Value
	texts []string
}

func (all coopByText) Len() int           { return len(all.keys) }
func (all coopByText) Less(i, j int) bool { return all.texts[i] < all.texts[j] }
func (all coopByText) Swap(i, j int) {
	all.keys[i], all.keys[j] = all.keys[j], all.keys[i]
	all.texts[i], all.texts[j] = all.texts[j], all.texts[i]
}
`;
