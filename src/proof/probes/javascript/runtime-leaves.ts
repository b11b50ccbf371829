/** Plain values inside of others, the way to each, and how one of them is put in the place of another. Getters are never called. */
export const LEAVES = String.raw`
  const leavesMax = 1000;
  const depthMax = 6;
  const isFrame = (value) => {
    const proto = getPrototypeOf(value);
    return proto === null || (getPrototypeOf(proto) === null && Object.prototype.hasOwnProperty.call(proto, "isPrototypeOf"));
  };
  const opaqueTags = /^\[object (Module|Weak\w+|.*Iterator|.*Generator|.*Buffer|DataView|Promise|Number|String|Boolean|Symbol|BigInt|RegExp|Window|global|Arguments)\]$/;
  const kindOf = (value) => {
    if (value === null) return "null";
    if (typeof value === "number") return Number.isInteger(value) ? "integer" : Number.isFinite(value) ? "number" : "odd";
    if (typeof value !== "object") return typeof value;
    if (types.isProxy(value) || types.isPromise(value)) return "opaque";
    if (types.isDate(value)) return "date";
    if (Array.isArray(value)) return "list";
    if (types.isTypedArray(value)) return "bytes";
    if (types.isMap(value)) return "map";
    if (types.isSet(value)) return "set";
    if (getOwnPropertyDescriptor(value, "$$typeof") || getOwnPropertyDescriptor(value, Symbol.toStringTag)) return "opaque";
    if (isFrame(value)) return "plain";
    if (opaqueTags.test(apply(Object.prototype.toString, value, []))) return "opaque";
    return isHandle(value) ? "opaque" : "instance";
  };
  // Streams, sockets, timers, child processes, promises of others.
  const isHandle = (value) => {
    for (let at = value; at !== null && !types.isProxy(at); at = getPrototypeOf(at))
      for (const key of ["pipe", "unref", "then"]) if (typeof dataOf(at, key) === "function") return true;
    return false;
  };
  const leafKinds = ["null", "integer", "number", "odd", "boolean", "string", "bigint", "date"];
  const listenerKeys = ["_events", "_eventsCount", "_maxListeners"];
  const keysOf = (value) => {
    const keys = weighed(Object.keys(value)).filter((key) => listenerKeys.indexOf(key) < 0);
    return types.isNativeError(value) && keys.indexOf("message") < 0 ? ["message"].concat(keys) : keys;
  };
  const sayStep = (key) => (isObject(key) ? keyOf(undefined, [key]) : sayPrimitive(key));
  const stepName = (step) => ("key" in step ? "." + String(step.key) : "map" in step ? "m" + sayStep(step.map) : "s" + sayStep(step.set));
  const wayName = (way) => way.map(stepName).join();
  // A place is named by the way to it, so that no other one has its name where a value has another shape.
  const hashOfWay = (way) => hashed(wayName(way)).slice(-4);
  // The parts of a value, each with the step that leads there; null for what has none.
  const partsOf = (value, kind) => {
    if (kind === "map") return firstOf(apply(Map.prototype.entries, value, [])).map(([key, part]) => [{ map: key }, part]);
    if (kind === "set") return firstOf(apply(Set.prototype.values, value, [])).map((part) => [{ set: part }, part]);
    if (kind === "bytes") return Array.from(apply(Array.prototype.slice, value, [0, leavesMax])).map((part, at) => [{ key: at }, part]);
    if (kind !== "list" && kind !== "plain" && kind !== "instance") return null;
    const parts = [];
    const isLong = kind === "list" && value.length > partsMax;
    for (const key of isLong ? keysIn(value, true) : keysOf(value).slice(0, leavesMax)) {
      const one = getOwnPropertyDescriptor(value, key);
      if (one && "value" in one) parts.push([{ key }, one.value]);
    }
    return parts;
  };
  const leavesOf = (root, most) => {
    const found = [];
    const open = [];
    const walk = (value, way) => {
      if (found.length >= most) return;
      const kind = kindOf(value);
      if (leafKinds.indexOf(kind) >= 0) return void found.push({ way, value });
      if (way.length > depthMax || open.indexOf(value) >= 0) return;
      const parts = partsOf(value, kind);
      if (parts === null) return;
      open.push(value);
      for (const [step, part] of parts) walk(part, way.concat([step]));
      open.pop();
    };
    walk(root, []);
    return found;
  };
  const copyOf = (value, kind) => {
    if (kind === "map") return Object.setPrototypeOf(new Map(apply(Map.prototype.entries, value, [])), getPrototypeOf(value));
    if (kind === "set") return Object.setPrototypeOf(new Set(apply(Set.prototype.values, value, [])), getPrototypeOf(value));
    if (kind === "bytes") return typeof Buffer === "function" && Buffer.isBuffer(value) ? Buffer.from(value) : apply(getPrototypeOf(Uint8Array).prototype.slice, value, []);
    const copy = kind === "list" ? Object.setPrototypeOf([], getPrototypeOf(value)) : Object.create(getPrototypeOf(value));
    const all = getOwnPropertyDescriptors(value);
    for (const key of ownKeys(all)) {
      if (kind === "list" && key === "length") continue;
      const one = all[key];
      one.configurable = true;
      if ("value" in one) one.writable = true;
      defineProperty(copy, key, one);
    }
    if (kind === "list") copy.length = value.length;
    return copy;
  };
  const put = (value, step, part) => {
    if ("map" in step) return void apply(Map.prototype.set, value, [step.map, part]);
    if ("set" in step) {
      const all = Array.from(apply(Set.prototype.values, value, [])).map((one) => (Object.is(one, step.set) ? part : one));
      apply(Set.prototype.clear, value, []);
      for (const one of all) apply(Set.prototype.add, value, [one]);
      return;
    }
    if (types.isTypedArray(value)) return void (value[step.key] = part);
    const one = getOwnPropertyDescriptor(value, step.key) || { enumerable: true, configurable: true, writable: true };
    if (!defineProperty(value, step.key, Object.assign({}, one, { value: part }))) throw new Error("frozen");
  };
  const canPut = (value, step) => {
    const one = "key" in step ? getOwnPropertyDescriptor(value, step.key) : { writable: true };
    return one === undefined ? Object.isExtensible(value) : one.writable || one.configurable;
  };
  // What was put into an object with a class: one that is given again is not changed back.
  const changedInPlace = new WeakMap();
  // Plain data is copied along the way; an object with a class stays itself where it can be changed.
  const withLeaf = (value, way, change) => {
    if (way.length === 0) return change(value);
    const kind = kindOf(value);
    const step = way[0];
    const part = "map" in step ? apply(Map.prototype.get, value, [step.map]) : "set" in step ? step.set : value[step.key];
    const isInPlace = kind === "instance" && canPut(value, step);
    const done = isInPlace ? changedInPlace.get(value) || new Map() : new Map();
    const name = wayName(way);
    if (done.has(name) && Object.is(done.get(name), part)) return nothing;
    const other = withLeaf(part, way.slice(1), change);
    if (other === nothing || (isInPlace && other === part)) return other === nothing ? nothing : value;
    const holder = isInPlace ? value : copyOf(value, kind);
    put(holder, step, other);
    if (isInPlace) changedInPlace.set(value, done.set(name, other));
    return holder;
  };
`;
