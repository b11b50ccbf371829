/** The part of the runtime that writes down what has no parts, and of it only what is the same in every run. */
export const GO_TEXTS = String.raw`
const (
	coopTextBytesMax = 1000
	coopReadBytesMax = 16384 // Of one text or list of bytes: of what is longer, the beginning and the length.
	coopDrawnPortMin = 32768 // Of the ports that Linux gives out where none was asked for.
	coopNearNow      = 400 * 24 * coopTime.Hour // Moments that tests count from now: yesterday, in a year.
)

var (
	coopBegan     = coopTime.Now()
	coopTemporary = coopStrings.TrimSuffix(coopOS.TempDir(), "/") + "/"
)

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
		return coopQuoted(v.String()[:coopCut(v.Len())], v.Len()), true
	case coopReflect.Slice:
		if coopIsBytes(v.Type()) && !v.IsNil() {
			return "b" + coopQuoted(string(v.Bytes()[:coopCut(v.Len())]), v.Len()), true
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

// coopCut is how much of so long a text is read.
func coopCut(length int) int {
	if length > coopReadBytesMax {
		return coopReadBytesMax
	}
	return length
}

// coopQuoted writes down the beginning of a text; where that is the same in each run, the length of all of it is too.
func coopQuoted(text string, length int) string {
	steady := coopSteady(text)
	more := ""
	if length > len(text) && steady == text {
		more = "#" + coopStrconv.Itoa(length)
	}
	if len(steady) <= coopTextBytesMax {
		return coopStrconv.Quote(steady) + more
	}
	return coopStrconv.Quote(steady[:coopTextBytesMax]) + "#" + coopStrconv.FormatUint(coopHash(steady), 16) + more
}

// coopSteady takes out what is drawn anew in each run: the folders of t.TempDir and the ports of servers on this machine.
func coopSteady(text string) string {
	text = coopWithout(text, coopTemporary, func(rest string) int {
		if end := coopStrings.IndexAny(rest, "/ \"?"); end >= 0 {
			return end
		}
		return len(rest)
	})
	for _, host := range []string{"127.0.0.1:", "localhost:", "[::1]:", "[::]:", "0.0.0.0:"} {
		text = coopWithout(text, host, coopDrawnPort)
	}
	return text
}

// coopDrawnPort: the digits of a port that the system gives out, none of one that somebody wrote down.
func coopDrawnPort(rest string) int {
	end := 0
	for end < len(rest) && end <= 5 && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	if port, fault := coopStrconv.Atoi(rest[:end]); fault != nil || port < coopDrawnPortMin || port > 65535 {
		return 0
	}
	return end
}

// coopWithout puts a star for what stands after each of these words, as many bytes of the rest as are drawn anew.
func coopWithout(text, before string, drawn func(string) int) string {
	var steady coopStrings.Builder
	for {
		at := coopStrings.Index(text, before)
		if at < 0 {
			break
		}
		at += len(before)
		steady.WriteString(text[:at])
		text = text[at:]
		if many := drawn(text); many > 0 {
			steady.WriteString("*")
			text = text[many:]
		}
	}
	if steady.Len() == 0 {
		return text
	}
	steady.WriteString(text)
	return steady.String()
}
`;
