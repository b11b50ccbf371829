/** Writes each call down once for each place it is made from and each answer it gave, and gives what was given. */
export const RECORDING = String.raw`
  const linesMax = 2000;
  const seen = new Map();
  const taken = new Map();
  let written = 0;
  let file = -1;
  const write = (of, key, from, variants, gave) => {
    if (written >= linesMax) return;
    written += 1;
    if (written >= linesMax) shared.rest = 1;
    try {
      if (file === -1) file = openSync("/tmp/coop-reports/coop-calls-" + process.pid + ".jsonl", "a");
      writeSync(file, stringify({ of, key, from, variants, gave }) + "\n");
    } catch (error) {
      shared.rest = 1;
    }
  };
  // A function that a loop asks is heard so often; each time costs a stack.
  const callsMax = 3000;
  const stacksMax = 20000;
  // Who has given the same answer so often for the same input is not heard again for it.
  const samesMax = 100;
  let stacks = 0;
  const count = (of, calls) => {
    taken.set(of, (taken.get(of) || 0) + calls);
    stacks += calls;
    if (stacks > stacksMax) shared.rest = 1;
    weight = 0;
  };
  const heard = (of, self, args, entry) => {
    if ((taken.get(of) || 0) >= callsMax) return null;
    count(of, 1);
    const from = callers(entry);
    if (from === null) return null;
    const key = keyOf(self, args);
    const id = of + "|" + key + "|" + from.join();
    const answers = seen.get(id) || { gave: new Set(), sames: 0 };
    seen.set(id, answers);
    const before = answers.sames >= samesMax ? null : snapshot(self, args);
    count(of, weight);
    return before === null ? null : { key, from, answers, before };
  };
  // What a call gave, threw or changed, in the words of a key: two calls with one key are two where a hidden state answers.
  const gaveOf = (value, self, changes, isThrown) => {
    const out = { text: isThrown ? "thrown " : "", open: [] };
    if (isObject(value) && value === self) out.text += "self";
    else if (isObject(value) && !types.isProxy(value) && isHandle(value)) out.text += classOf(value);
    else describe(out, value, 0, false);
    return hashed(out.text.slice(0, keyCharsMax) + "|" + changes.map(({ name, is }) => name + "=" + is).join().slice(0, keyCharsMax));
  };
  const errorVariants = ["swallow", "other-kind", "other-words", "cut-words"];
  const recordAnswer = (of, call, self, args, value, isThrown, skip) => {
    let gave = hashed("unknown");
    let variants = [];
    try {
      const changes = changesSince(call.before, self, args);
      gave = gaveOf(value, self, changes, isThrown);
      if (!call.answers.gave.has(gave)) variants = isThrown ? errorVariants : variantsOf(value, self, effectsOf(changes), skip);
    } catch (error) {}
    count(of, weight);
    if (call.answers.gave.has(gave)) return void (call.answers.sames += 1);
    call.answers.gave.add(gave);
    write(of, call.key, call.from, variants, gave);
  };
  // Waiting for what an async function promises reads the promise's constructor. Where nobody has, its rejection would have been an unhandled
  // one, which it no longer is because its answer is recorded: another promise is rejected for it, and is handled as soon as somebody waits.
  const loose = (given) => {
    let isWaitedFor = false;
    let other = null;
    const constructor = dataOf(getPrototypeOf(given), "constructor");
    const get = () => {
      isWaitedFor = true;
      delete given.constructor;
      if (other !== null) apply(then, other, [undefined, () => {}]);
      return constructor;
    };
    if (!defineProperty(given, "constructor", { get, configurable: true })) return () => {};
    return (error) => {
      if (!isWaitedFor) other = Promise.reject(error);
    };
  };
  const record = (of, self, args, later, body, entry) => {
    let call = null;
    try {
      call = heard(of, self, args, entry);
    } catch (error) {}
    if (call === null) return body();
    const say = (value, isThrown, skip) => recordAnswer(of, call, self, args, value, isThrown, skip);
    let given;
    try {
      given = body();
    } catch (error) {
      say(error, true, "");
      throw error;
    }
    if (!isPromise(given)) return say(given, false, "skip"), given;
    let failed = () => {};
    const handlers = [(value) => say(value, false, later ? "skip" : "skip:promise"), (error) => (say(error, true, ""), failed(error))];
    apply(then, given, handlers);
    // Of others nobody knows who waits for them already.
    if (later) failed = loose(given);
    return given;
  };
`;
