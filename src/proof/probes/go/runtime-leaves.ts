/** The part of the runtime that writes a value down: as the key of a call, and as the list of its leaves. */
export const GO_LEAVES = String.raw`
const (
	coopKeyBytesMax  = 4096 // Of the text that is hashed: what lies further in seldom tells two calls of a test apart.
	coopTextBytesMax = 1000
	coopDepthMax     = 6
	coopLeavesMax    = 200 // Of one call: what is larger is not compared whole.
	coopItemsMax     = 50
	coopNearNow      = 400 * 24 * coopTime.Hour // Moments that tests count from now: yesterday, in a year.
)

var coopBegan = coopTime.Now()

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
	hash := coopFNV.New64a()
	_, _ = hash.Write([]byte(w.text.String()))
	hex := coopStrconv.FormatUint(hash.Sum64(), 16)
	return coopStrings.Repeat("0", 16-len(hex)) + hex
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
	keys := v.MapKeys()
	if len(keys) > coopKeyBytesMax {
		return nil
	}
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

// coopLeafText writes down what has no parts: numbers, texts, bytes, moments.
func coopLeafText(v coopReflect.Value) (string, bool) {
	switch v.Kind() {
	case coopReflect.Bool:
		return coopStrconv.FormatBool(v.Bool()), true
	case coopReflect.Int, coopReflect.Int8, coopReflect.Int16, coopReflect.Int32, coopReflect.Int64:
		return coopStrconv.FormatInt(v.Int(), 10), true
	case coopReflect.Uint, coopReflect.Uint8, coopReflect.Uint16, coopReflect.Uint32, coopReflect.Uint64:
		return coopStrconv.FormatUint(v.Uint(), 10), true
	case coopReflect.Float32, coopReflect.Float64:
		return coopStrconv.FormatFloat(v.Float(), 'g', -1, 64), true
	case coopReflect.Complex64, coopReflect.Complex128:
		number := v.Complex()
		return coopStrconv.FormatFloat(real(number), 'g', -1, 64) + "+" + coopStrconv.FormatFloat(imag(number), 'g', -1, 64) + "i", true
	case coopReflect.String:
		return coopQuoted(v.String()), true
	case coopReflect.Slice:
		if coopIsBytes(v.Type()) && !v.IsNil() {
			return "b" + coopQuoted(string(v.Bytes())), true
		}
	case coopReflect.Struct:
		if v.Type() == coopTimeType && v.CanInterface() {
			when, _ := v.Interface().(coopTime.Time)
			return coopMoment(when), true
		}
	}
	return "", false
}

// coopMoment: what was read from the clock is so many hours from now, as it is another moment in each run; what somebody wrote down has no nanoseconds.
func coopMoment(when coopTime.Time) string {
	away := when.Sub(coopBegan)
	if when.Nanosecond()%1000000 != 0 && away < coopNearNow && away > -coopNearNow {
		return "now+" + away.Round(coopTime.Hour).String()
	}
	return when.UTC().Format(coopTime.RFC3339Nano)
}

func coopQuoted(text string) string {
	text = coopSteady(text)
	if len(text) <= coopTextBytesMax {
		return coopStrconv.Quote(text)
	}
	hash := coopFNV.New64a()
	_, _ = hash.Write([]byte(text))
	return coopStrconv.Quote(text[:coopTextBytesMax]) + "#" + coopStrconv.FormatUint(hash.Sum64(), 16)
}

// coopSteady takes out what is drawn anew in each run: the folders of t.TempDir and the ports of servers on this machine.
func coopSteady(text string) string {
	for _, before := range []string{coopStrings.TrimSuffix(coopOS.TempDir(), "/") + "/", "127.0.0.1:", "localhost:", "[::1]:"} {
		for at := coopStrings.Index(text, before); at >= 0; {
			at += len(before)
			end := at
			for end < len(text) && text[end] != '/' && text[end] != ' ' && text[end] != '"' && text[end] != '?' {
				end++
			}
			text = text[:at] + "*" + text[end:]
			next := coopStrings.Index(text[at:], before)
			if next < 0 {
				break
			}
			at += next
		}
	}
	return text
}
`;
