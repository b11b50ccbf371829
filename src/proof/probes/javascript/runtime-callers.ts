/** Who made a call: the places in test-side files on the stack, innermost first; null where product code made it, or nobody known. */
export const CALLERS = String.raw`
  const framesMax = 100;
  const placesMax = 40;
  const byName = (files) => {
    const found = new Map();
    for (const path of files) {
      const name = String(path).split("/").pop();
      found.set(name, (found.get(name) || []).concat(String(path)));
    }
    return found;
  };
  const testsByName = byName(testFiles);
  const codeByName = byName(codeFiles);
  // A package's own test/index.js is not the repository's.
  const isPackages = (path) => ("/" + path).indexOf("/node_modules/") >= 0;
  const isListedAs = (file, path) => (file === path || file.endsWith("/" + path)) && (isPackages(path) || !isPackages(file));
  const listedAs = (files, file) => (files.get(file.slice(file.lastIndexOf("/") + 1)) || []).find((path) => isListedAs(file, path));
  const fileOf = (place) => {
    let file = place.replace(/^async /, "").replace(/^file:\/\//, "").replace(/\\/g, "/");
    if (file.indexOf("?") >= 0) file = file.slice(0, file.indexOf("?"));
    try {
      return place.indexOf("file://") >= 0 ? decodeURIComponent(file) : file;
    } catch (error) {
      return file;
    }
  };
  const frames = new Map();
  const frameOf = (line) => {
    const known = frames.get(line);
    if (known !== undefined) return known;
    const whole = /^\s*at (.*)$/.exec(line);
    const inner = whole && whole[1].endsWith(")") && whole[1].indexOf("(") >= 0 ? whole[1].slice(whole[1].indexOf(" (") + 2, -1) : whole && whole[1];
    const place = inner && /^(.*?):(\d+)(?::\d+)?$/.exec(inner);
    const file = place ? fileOf(place[1]) : "";
    const test = place && listedAs(testsByName, file);
    const frame = test ? { side: "test", at: test + ":" + place[2] } : place && listedAs(codeByName, file) ? { side: "code" } : { side: "other" };
    if (frames.size < 5000) frames.set(line, frame);
    return frame;
  };
  const lineOf = (one) => (typeof one === "string" ? one : "    at f (" + one.getFileName() + ":" + one.getLineNumber() + ":1)");
  const stackOf = (entry) => {
    const before = getOwnPropertyDescriptor(Error, "stackTraceLimit");
    const holder = {};
    try {
      Error.stackTraceLimit = framesMax;
      Error.captureStackTrace(holder, entry);
      const stack = holder.stack;
      const lines = typeof stack === "string" ? stack.split("\n").filter((line) => /^\s+at /.test(line)) : Array.isArray(stack) ? stack.map(lineOf) : [];
      // The first is the instrumented function itself.
      return lines.slice(1);
    } finally {
      if (before) defineProperty(Error, "stackTraceLimit", before);
      else delete Error.stackTraceLimit;
    }
  };
  const callers = (entry) => {
    const found = stackOf(entry).map(frameOf).filter(({ side }) => side !== "other");
    if (found.length === 0 || found[0].side !== "test") return null;
    const places = found.filter(({ side }) => side === "test").map(({ at }) => at);
    return places.filter((at, index) => at !== places[index - 1]).slice(0, placesMax);
  };
`;
