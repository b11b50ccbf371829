/** What makes two calls the same: the structure of what is given and of the object's state, with no address and no id in it. */
export const KEYS = String.raw`
  const keyCharsMax = 4096;
  const keyDepthMax = 6;
  const partsMax = 1000;
  const nameOf = (of) => {
    const name = typeof of === "function" && !types.isProxy(of) ? dataOf(of, "name") : undefined;
    return typeof name === "string" ? name : "";
  };
  const isClass = (of) => /^class\b/.test(apply(Function.prototype.toString, of, []));
  const classOf = (value) => {
    for (let at = getPrototypeOf(value); at !== null; at = getPrototypeOf(at)) {
      if (types.isProxy(at)) return "";
      const made = dataOf(at, "constructor");
      if (typeof made === "function") return nameOf(made);
    }
    return "";
  };
  const sayPrimitive = (value) => {
    if (typeof value === "string") return value.length + stringify(value.slice(0, keyCharsMax));
    // A callback may be written down anew under another name; a class is known by its own.
    if (typeof value === "function") return "function" + (isClass(value) ? " " + nameOf(value) : "");
    if (Object.is(value, -0)) return "-0";
    return typeof value === "bigint" ? String(value) + "n" : String(value);
  };
  const sayKnown = (value) => {
    if (types.isProxy(value)) return "proxy";
    if (types.isDate(value)) return "date " + apply(Date.prototype.getTime, value, []);
    if (types.isRegExp(value)) return "pattern " + apply(RegExp.prototype.toString, value, []);
    if (types.isPromise(value)) return "promise";
    if (ArrayBuffer.isView(value) && !types.isDataView(value)) return classOf(value) + value.length + "[" + Array.prototype.slice.call(value, 0, partsMax).join() + "]";
    if (types.isNativeError(value)) return classOf(value) + " " + String(dataOf(value, "message"));
    const name = classOf(value);
    return name === "URL" || name === "URLSearchParams" ? name + " " + String(value) : null;
  };
  // What is large is not read to its end for each call.
  const firstOf = (entries) => {
    const found = [];
    for (const one of entries) {
      if (found.length >= partsMax) break;
      found.push(one);
    }
    return found;
  };
  const firstKeys = Array.from({ length: partsMax }, (one, at) => String(at));
  // Of an object all keys are asked for, and one with very many counts as so many calls that were looked at.
  let weight = 0;
  const weighed = (keys) => {
    weight += Math.floor(keys.length / partsMax);
    return keys;
  };
  const keysIn = (value, isList) => (isList && value.length > partsMax ? firstKeys : weighed(ownKeys(value)));
  const describe = (out, value, depth, isState) => {
    if (out.text.length > keyCharsMax) return;
    if (!isObject(value)) return void (out.text += sayPrimitive(value) + ";");
    const at = out.open.indexOf(value);
    const known = at >= 0 ? "@" + at : depth > keyDepthMax ? "deep" : sayKnown(value);
    if (known !== null) return void (out.text += known + ";");
    out.open.push(value);
    out.text += classOf(value) + (Array.isArray(value) ? "[" : "{");
    const each = (part) => describe(out, part, depth + 1, false);
    if (types.isMap(value)) for (const [key, part] of firstOf(apply(Map.prototype.entries, value, []))) each(key), each(part);
    else if (types.isSet(value)) firstOf(apply(Set.prototype.values, value, [])).forEach(each);
    else describeParts(out, value, each, isState);
    out.text += "}";
    out.open.pop();
  };
  const describeParts = (out, value, each, isState) => {
    const isList = Array.isArray(value);
    for (const key of keysIn(value, isList)) {
      if (out.text.length > keyCharsMax) return;
      const one = getOwnPropertyDescriptor(value, key);
      if (!one || !one.enumerable || (isState && typeof one.value === "function")) continue;
      if (!isList) out.text += String(key) + ":";
      if ("value" in one) each(one.value);
      else out.text += "get;";
    }
  };
  const hashed = (text) => {
    let a = 0x811c9dc5;
    let b = 0x1b873593;
    for (let at = 0; at < text.length; at++) {
      const one = text.charCodeAt(at);
      a = Math.imul(a ^ one, 0x01000193);
      b = Math.imul(b ^ one, 0x5bd1e995) ^ (b >>> 13);
    }
    const hex = (half) => (half >>> 0).toString(16).padStart(8, "0");
    return hex(a ^ (b >>> 15)) + hex(b ^ (a >>> 13));
  };
  const keyOf = (self, args) => {
    const out = { text: "", open: [] };
    for (let at = 0; at < args.length && at < partsMax; at++) describe(out, args[at], 0, false);
    out.text += "|";
    if (self !== undefined && self !== null && self !== globalThis) describe(out, self, 0, true);
    return hashed(out.text.slice(0, keyCharsMax));
  };
`;
