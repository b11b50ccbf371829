/** What a call changed in its object and in what it was given, and how one of these changes is made once more in another way. */
export const CHANGES = String.raw`
  const effectsMax = 4;
  const snapshotMax = 200;
  const signOf = (value) => (isObject(value) ? "date " + apply(Date.prototype.getTime, value, []) : value);
  const rootOf = (self, args) => [self === globalThis ? undefined : self].concat(Array.prototype.slice.call(args));
  const snapshot = (self, args) => {
    const found = new Map();
    for (const { way, value } of leavesOf(rootOf(self, args), snapshotMax)) if (way.length > 1) found.set(wayName(way), { way, value, sign: signOf(value) });
    return found;
  };
  // First what is there now, then what is gone.
  const changesSince = (before, self, args) => {
    const now = snapshot(self, args);
    const root = rootOf(self, args);
    const found = [];
    for (const [name, { way, value, sign }] of now) {
      const old = before.get(name);
      if (old === undefined || !Object.is(old.sign, sign)) found.push({ root, name, way, value: firstOther(value), is: sayPrimitive(sign) });
    }
    if (now.size < snapshotMax) for (const [name, { way, value }] of before) if (!now.has(name)) found.push({ root, name, way, value, is: "gone" });
    return found;
  };
  const effectsOf = (changes) => changes.slice(0, effectsMax).map(({ way }, at) => "effect:" + at + "." + hashOfWay(way));
  const changeAgain = (change) => {
    if (change === undefined || change.value === nothing) return;
    let holder = change.root;
    for (const step of change.way.slice(0, -1)) holder = "map" in step ? holder.get(step.map) : "set" in step ? step.set : holder[step.key];
    const step = change.way[change.way.length - 1];
    if ("set" in step && !holder.has(step.set)) holder.add(step.set);
    else put(holder, step, change.value);
  };
`;
