/** The part of the runtime that knows what may be looked at in a value, and reaches and changes what lies in it, also in fields that are not exported. */
export const GO_VALUES = String.raw`
var (
	coopErrorType = coopReflect.TypeOf((*error)(nil)).Elem()
	coopTimeType  = coopReflect.TypeOf(coopTime.Time{})
	coopOwnPath   = coopReflect.TypeOf(coopProbeCall{}).PkgPath()
	coopHidden    coopSync.Map // type -> whether nothing of it is looked at
)

// Packages whose types stand for something running, and those in whose own fields nothing but data lies.
var (
	coopOpaquePackages = map[string]bool{"testing": true, "context": true, "os": true, "net": true, "log": true, "database/sql": true,
		"reflect": true, "runtime": true, "sync": true, "sync/atomic": true, "unique": true, "weak": true, "os/exec": true, "math/rand": true}
	coopDataPackages = map[string]bool{"errors": true, "fmt": true, "bytes": true, "strings": true, "math/big": true, "net/netip": true,
		"container/list": true}
)

// coopIsOpaque: functions, channels, what runs, and every struct that others may use at the same time: reading it would be a race.
func coopIsOpaque(t coopReflect.Type) bool {
	if known, isKnown := coopHidden.Load(t); isKnown {
		return known == true
	}
	is := false
	switch t.Kind() {
	case coopReflect.Chan, coopReflect.Func, coopReflect.UnsafePointer, coopReflect.Uintptr:
		is = true
	case coopReflect.Array:
		is = coopIsOpaque(t.Elem())
	case coopReflect.Struct:
		is = coopOpaquePackages[t.PkgPath()] || coopIsShared(t)
	}
	coopHidden.Store(t, is)
	return is
}

func coopIsShared(t coopReflect.Type) bool {
	for at := 0; at < t.NumField(); at++ {
		field := t.Field(at).Type
		for field.Kind() == coopReflect.Array {
			field = field.Elem()
		}
		home := field.PkgPath()
		if field.Kind() == coopReflect.Ptr {
			home = field.Elem().PkgPath()
		}
		if home == "sync" || home == "sync/atomic" || field.Kind() == coopReflect.Chan {
			return true
		}
		if field.Kind() == coopReflect.Struct && coopIsShared(field) {
			return true
		}
	}
	return false
}

// coopIsOurs says whether fields that are not exported may be looked at: of the module under test, not of other people's packages.
func coopIsOurs(t coopReflect.Type) bool {
	home := t.PkgPath()
	if home == "" || home == coopOwnPath || home == "main" || coopDataPackages[home] {
		return true
	}
	own, other := coopStrings.Split(coopOwnPath, "/"), coopStrings.Split(coopStrings.TrimSuffix(home, "_test"), "/")
	same := 1
	if coopStrings.Contains(own[0], ".") {
		same = 3
	}
	for at := 0; at < same && at < len(own); at++ {
		if at >= len(other) || own[at] != other[at] {
			return false
		}
	}
	return true
}

// coopRoom puts a copy of a value where it can be changed.
func coopRoom(v coopReflect.Value) coopReflect.Value {
	if !v.IsValid() {
		var nothing interface{}
		return coopReflect.ValueOf(&nothing).Elem()
	}
	room := coopReflect.New(v.Type()).Elem()
	room.Set(v)
	return room
}

// coopOpen is the same place without the lock on fields that are not exported.
func coopOpen(v coopReflect.Value) coopReflect.Value {
	if v.CanAddr() && !v.CanSet() {
		return coopReflect.NewAt(v.Type(), coopUnsafe.Pointer(v.UnsafeAddr())).Elem()
	}
	return v
}

func coopIsBytes(t coopReflect.Type) bool {
	return t.Kind() == coopReflect.Slice && t.Elem().Kind() == coopReflect.Uint8
}

// coopKeeps: what has methods keeps its identity and is changed in place; plain data behind a pointer is copied, and so are numbers.
func coopKeeps(t coopReflect.Type) bool {
	return t.PkgPath() != "math/big" && coopReflect.PtrTo(t).NumMethod() > 0
}

type coopStep struct {
	at  int
	key coopReflect.Value
}

// coopReach changes what lies at the end of a path. here: in the things themselves, as a call would; otherwise in copies along the path.
func coopReach(v coopReflect.Value, path []coopStep, here bool, change func(coopReflect.Value) bool) bool {
	v = coopOpen(v)
	if len(path) == 0 {
		return change(v)
	}
	step, rest := path[0], path[1:]
	switch v.Kind() {
	case coopReflect.Struct:
		return coopReach(v.Field(step.at), rest, here, change)
	case coopReflect.Array:
		return coopReach(v.Index(step.at), rest, here, change)
	case coopReflect.Interface:
		room := coopRoom(v.Elem())
		return coopReach(room, rest, here, change) && coopSet(v, room)
	case coopReflect.Ptr:
		if here || coopKeeps(v.Type().Elem()) {
			return coopReach(v.Elem(), rest, here, change)
		}
		room := coopRoom(v.Elem())
		return coopReach(room, rest, here, change) && coopSet(v, room.Addr())
	case coopReflect.Slice:
		if here {
			return coopReach(v.Index(step.at), rest, here, change)
		}
		all := coopCopied(v, v.Len())
		return coopReach(all.Index(step.at), rest, here, change) && coopSet(v, all)
	case coopReflect.Map:
		room := coopRoom(v.MapIndex(step.key))
		if !coopReach(room, rest, here, change) {
			return false
		}
		if !here {
			coopSet(v, coopCopiedMap(v))
		}
		v.SetMapIndex(step.key, room)
		return true
	}
	return false
}

func coopSet(v, to coopReflect.Value) bool {
	v.Set(to.Convert(v.Type()))
	return true
}

func coopCopied(v coopReflect.Value, length int) coopReflect.Value {
	all := coopReflect.MakeSlice(v.Type(), length, length)
	coopReflect.Copy(all, v)
	return all
}

func coopCopiedMap(v coopReflect.Value) coopReflect.Value {
	all := coopReflect.MakeMap(v.Type())
	for _, key := range v.MapKeys() {
		all.SetMapIndex(key, v.MapIndex(key))
	}
	return all
}
`;
