/**
 * The part of the runtime that decides which calls count, records them and changes one. All its names begin with `coop`, also those of its
 * imports, because a package may have declared `errors` or `sort` for itself; what packages like to declare anew (`copy`, `new`, `max`) is not used.
 */
export const GO_CALLS = String.raw`
const (
	coopProbeUnread = 0 // The environment was not yet read in the sight of the cache of go test.
	coopProbeOff    = 1
	coopProbeOn     = 2

	coopLinesMax    = 2000    // Of one process, about; more calls tell nothing new.
	coopBytesMax    = 1200000 // Of its file: as many packages write to it, each counts only its own lines.
	coopUnreadMax   = 5000    // Calls before the first test, after which nobody looks any more whether it has come.
	coopRowsMax     = 200     // From one line of a test: the rows of a table, not the thousands of a random loop.
	coopHeardMax    = 2000    // Calls from one line of a test that are read, most of them known already or not the one that is asked for.
	coopLooksMax    = 20000   // Calls of one function that are looked at: each takes a walk over the stack.
	coopLooksProbed = 200000
)

var (
	coopProbe      = coopReadEnvironment()
	coopProbeState int32
	coopUnread     int32
	coopLooks      coopSync.Map // of -> *int32
	coopLock       coopSync.Mutex
	coopSeen       = map[string]bool{}
	coopRows       = map[string]int{}
	coopHeard      = map[string]int{}
	coopFile       *coopOS.File
)

type coopAsked struct {
	mode, of, key, variant string
	tests, code            map[string]bool
}

func coopReadEnvironment() coopAsked {
	said := coopOS.Getenv("COOP_PROBE")
	asked := coopAsked{tests: coopPaths("COOP_PROBE_TESTS"), code: coopPaths("COOP_PROBE_CODE")}
	parts := coopStrings.Split(said, "|")
	if said == "record" {
		asked.mode = said
	} else if len(parts) >= 3 {
		last := len(parts) - 1
		asked.mode, asked.of, asked.key, asked.variant = "probe", coopStrings.Join(parts[:last-1], "|"), parts[last-1], parts[last]
	}
	return asked
}

func coopPaths(variable string) map[string]bool {
	var all []string
	paths := map[string]bool{}
	_ = coopJSON.Unmarshal([]byte(coopOS.Getenv(variable)), &all)
	for _, one := range all {
		paths[one] = true
	}
	return paths
}

// coopProbeAsked says whether this call counts: it is what every instrumented function asks first.
func coopProbeAsked(of string) bool {
	return coopAtomic.LoadInt32(&coopProbeState) != coopProbeOff && coopProbeSees(of)
}

func coopProbeSees(of string) bool {
	if coopAtomic.LoadInt32(&coopProbeState) == coopProbeUnread {
		coopTellCache()
	}
	most := int32(coopLooksMax)
	switch {
	case coopProbe.mode == "":
		return false
	case coopProbe.mode == "probe" && coopProbe.of != of:
		return false
	case coopProbe.mode == "probe":
		most = coopLooksProbed
	}
	known, _ := coopLooks.LoadOrStore(of, coopInt32())
	looks, _ := known.(*int32)
	return coopAtomic.LoadInt32(looks) < most && coopAtomic.AddInt32(looks, 1) <= most && coopIsByTest(of)
}

func coopInt32() *int32 {
	var number int32
	return &number
}

// coopTellCache reads the environment once more when tests run: only what is read then is known to the cache of go test.
func coopTellCache() {
	if !coopFlag.Parsed() {
		return
	}
	if coopAtomic.AddInt32(&coopUnread, 1) < coopUnreadMax && !coopIsInTest() {
		return
	}
	again := coopReadEnvironment()
	if coopProbe.mode == "" && again.mode == "" {
		coopAtomic.StoreInt32(&coopProbeState, coopProbeOff)
	} else {
		coopAtomic.StoreInt32(&coopProbeState, coopProbeOn)
	}
}

type coopProbeCall struct {
	of, key string
	from    []string
	given   []coopReflect.Value
	before  map[string]string
}

// coopProbeEnter is told what a call is given, the receiver first. nil: it is one too many, or not the call that is asked for.
func coopProbeEnter(of string, given ...interface{}) (call *coopProbeCall) {
	defer func() {
		if recover() != nil {
			call = nil
		}
	}()
	from := coopFrom(of)
	if len(from) == 0 || coopIsFull(of+"|"+from[0]) {
		return nil
	}
	call = &coopProbeCall{of: of, key: coopKey(given), from: from}
	if coopProbe.mode == "record" || call.key != coopProbe.key {
		coopHear(of + "|" + from[0])
	}
	if coopProbe.mode == "probe" && call.key != coopProbe.key {
		return nil
	}
	for _, one := range given {
		call.given = append(call.given, coopRoom(coopReflect.ValueOf(one)))
	}
	if coopProbe.mode == "record" || coopStrings.HasPrefix(coopProbe.variant, "effect:") {
		call.before = map[string]string{}
		for _, leaf := range coopLeavesGiven(call.given) {
			call.before[leaf.name] = leaf.text
		}
	}
	return call
}

func (call *coopProbeCall) Counts() bool { return call != nil }

func (call *coopProbeCall) Skips() bool { return coopProbe.variant == "skip" }

// Leave is told how the call ended: by which panic, and where its results lie.
func (call *coopProbeCall) Leave(panicked interface{}, results ...interface{}) {
	if coopProbe.mode == "record" {
		call.note(panicked, results)
	} else if panicked == nil {
		call.change(results)
	} else if coopProbe.variant == "swallow" {
		return
	} else if coopProbe.variant == "other-kind" {
		panic(coopErrors.New("coop: another error"))
	}
	if panicked != nil {
		panic(panicked)
	}
}

func (call *coopProbeCall) change(results []interface{}) {
	defer func() { _ = recover() }()
	for _, one := range call.variants(results) {
		if one.name == coopProbe.variant {
			one.do()
			return
		}
	}
}

func (call *coopProbeCall) note(panicked interface{}, results []interface{}) {
	defer func() { _ = recover() }()
	gave := call.gave(panicked, results)
	if !coopIsNew(call, gave) {
		return
	}
	names := []string{"swallow", "other-kind"}
	if panicked == nil {
		names = []string{}
		for _, one := range call.variants(results) {
			names = append(names, one.name)
		}
	}
	line, fault := coopJSON.Marshal(map[string]interface{}{
		"of": call.of, "key": call.key, "from": call.from, "gave": gave, "variants": names,
	})
	if fault != nil {
		return
	}
	coopLock.Lock()
	defer coopLock.Unlock()
	if coopFile == nil {
		name := "/tmp/coop-reports/coop-calls-" + coopStrconv.Itoa(coopOS.Getpid()) + ".jsonl"
		coopFile, fault = coopOS.OpenFile(name, coopOS.O_APPEND|coopOS.O_CREATE|coopOS.O_WRONLY, 0644)
	}
	if fault != nil {
		return
	}
	if about, fault := coopFile.Stat(); fault == nil && about.Size() < coopBytesMax {
		_, _ = coopFile.Write(append(line, '\n'))
	}
}
`;
