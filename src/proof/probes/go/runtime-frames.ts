/** The part of the runtime that reads the stack: who called, and from which lines of which tests. */
export const GO_FRAMES = String.raw`
const (
	coopNearMax = 24 // Frames between a test and what it calls, through runners and packages.
	coopFarMax  = 128

	coopElsewhere = 0
	coopInTests   = 1
	coopInCode    = 2
)

var coopPlaces coopSync.Map // program counter -> where it is

// coopIsByTest says whether the first frame outwards that we know is in a test. Frames: Callers, this, Sees, Asked, the function, its caller.
func coopIsByTest(of string) bool {
	pcs := make([]uintptr, coopNearMax)
	pcs = pcs[:coopRuntime.Callers(5, pcs)]
	for _, pc := range pcs {
		known, isKnown := coopPlaces.Load(pc)
		if !isKnown {
			known = coopPlaceOf(of, pc)
			coopPlaces.Store(pc, known)
		}
		if known != coopElsewhere {
			return known == coopInTests
		}
	}
	return false
}

func coopPlaceOf(of string, pc uintptr) int {
	root := coopRoot(of)
	frames := coopRuntime.CallersFrames([]uintptr{pc})
	for {
		frame, more := frames.Next()
		if _, isTest := coopPathIn(coopProbe.tests, frame.File, root); isTest {
			return coopInTests
		}
		if _, isCode := coopPathIn(coopProbe.code, frame.File, root); isCode {
			return coopInCode
		}
		if !more {
			return coopElsewhere
		}
	}
}

// coopRoot is the folder of the repository as the compiler wrote it down, with its slash, by the frame of the instrumented function. "?": it cannot be told.
func coopRoot(of string) string {
	path := of[:coopStrings.Index(of, "::")]
	pcs := make([]uintptr, coopNearMax)
	frames := coopRuntime.CallersFrames(pcs[:coopRuntime.Callers(2, pcs)])
	for {
		frame, more := frames.Next()
		if file := coopSlashes(frame.File); file == path || coopStrings.HasSuffix(file, "/"+path) {
			return file[:len(file)-len(path)]
		}
		if !more {
			return "?"
		}
	}
}

func coopSlashes(file string) string { return coopStrings.ReplaceAll(file, "\\", "/") }

func coopPathIn(paths map[string]bool, file, root string) (string, bool) {
	file = coopSlashes(file)
	if root != "?" {
		path := coopStrings.TrimPrefix(file, root)
		return path, coopStrings.HasPrefix(file, root) && paths[path]
	}
	for path := range paths {
		if file == path || coopStrings.HasSuffix(file, "/"+path) {
			return path, true
		}
	}
	return "", false
}

// coopFrom lists the lines of tests on the stack, innermost first. None for a goroutine that a test began: its calls have no order that would be the same each time.
func coopFrom(of string) []string {
	pcs := make([]uintptr, coopFarMax)
	frames := coopRuntime.CallersFrames(pcs[:coopRuntime.Callers(3, pcs)])
	root := coopRoot(of)
	from := []string{}
	isAside := false
	for {
		frame, more := frames.Next()
		path, isTest := coopPathIn(coopProbe.tests, frame.File, root)
		if isTest {
			line := path + ":" + coopStrconv.Itoa(frame.Line)
			if name := coopFunctionName(frame.Function); name != "" {
				line += ":" + name
			}
			from = append(from, line)
		}
		if frame.Function != "runtime.goexit" && frame.Function != "" {
			isInit := coopStrings.HasSuffix(frame.Function, ".init") || coopStrings.Contains(frame.Function, ".init.")
			isGroup := coopStrings.HasPrefix(frame.Function, "sync.") || coopStrings.Contains(frame.Function, "/errgroup.")
			isAside = isTest && !isInit || isGroup
		}
		if !more {
			break
		}
	}
	if isAside {
		return nil
	}
	return from
}

// coopFunctionName: example.com/shop.TestTotal.func1 and shop.(*Suite).TestTotal are TestTotal.
func coopFunctionName(full string) string {
	full = full[coopStrings.LastIndex(full, "/")+1:]
	parts := coopStrings.Split(full, ".")
	name := ""
	for _, part := range parts[1:] {
		isTest := coopStrings.HasPrefix(part, "Test") || coopStrings.HasPrefix(part, "Example") ||
			coopStrings.HasPrefix(part, "Fuzz") || coopStrings.HasPrefix(part, "Benchmark")
		if isTest {
			return part
		}
		isOwn := part != "" && part != "glob" && part != "init" && !coopIsCounted(part, "func") && !coopIsCounted(part, "gowrap") &&
			!coopIsCounted(part, "") && !coopStrings.ContainsAny(part, "[]()*")
		if isOwn {
			name = part
		}
	}
	return coopStrings.TrimSuffix(name, "-fm")
}

func coopIsCounted(part, word string) bool {
	rest := coopStrings.TrimPrefix(part, word)
	return coopStrings.HasPrefix(part, word) && coopStrings.Trim(rest, "0123456789-") == ""
}

// coopIsInTest says whether tests run already: what TestMain calls before is not yet seen by the cache.
func coopIsInTest() bool {
	pcs := make([]uintptr, coopFarMax)
	frames := coopRuntime.CallersFrames(pcs[:coopRuntime.Callers(2, pcs)])
	isTest, isMain := false, false
	for {
		frame, more := frames.Next()
		if coopStrings.HasPrefix(frame.Function, "testing.") {
			return true
		}
		isTest = isTest || coopStrings.HasSuffix(frame.File, "_test.go")
		isMain = isMain || frame.Function == "runtime.main"
		if !more {
			return isTest && !isMain
		}
	}
}
`;
