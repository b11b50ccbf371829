import { ANSWERS } from "./runtime-answers.ts";
import { CALLERS } from "./runtime-callers.ts";
import { CHANGES } from "./runtime-changes.ts";
import { KEYS } from "./runtime-keys.ts";
import { LEAVES } from "./runtime-leaves.ts";
import { RECORDING } from "./runtime-recording.ts";

/**
 * What stands at the end of each instrumented file: functions only, which are there before anything else in the file runs, also where files
 * import each other in a circle. Its state is shared by all files through the global object. It is written in the JavaScript of 2018, so that
 * old bundlers read it, and in TypeScript that Node can erase.
 */
export function runtime(isTyped: boolean): string {
  const types = isTyped
    ? "<T>(of: string, self: unknown, args: ArrayLike<unknown>, made: unknown, later: boolean, body: () => T): T"
    : "(of, self, args, made, later, body)";
  const said = isTyped
    ? ""
    : "/** @template T @param {string} of @param {any} self @param {ArrayLike<any>} args @param {any} made @param {boolean} later @param {() => T} body @returns {T} */\n";
  return `${UNCOUNTED_BEGIN}${said}function coopProbe${types} {${ENTRY}${BEGIN}${KEYS}${LEAVES}${ANSWERS}${CHANGES}${CALLERS}${RECORDING}${PROBING}}\n${UNCOUNTED_END}`;
}

const UNCOUNTED_BEGIN = `/* c8 ignore start */ /* v8 ignore start -- @preserve */ /* node:coverage disable */
/* istanbul ignore next -- @preserve */
`;
const UNCOUNTED_END = `/* node:coverage enable */ /* v8 ignore stop -- @preserve */ /* c8 ignore stop */
`;

/** One look at a number where nothing is to be done: inside another instrumented call, or when no probe is asked for. */
const ENTRY = String.raw`
  const probes = Symbol.for("coop.probes");
  const known = globalThis[probes];
  const shared = known === undefined ? coopProbeBegin(probes) : known;
  if (shared.depth > 0 || made !== undefined) return body();
  shared.depth = 1;
  try {
    return shared.run(of, self, args, later, body, coopProbe);
  } finally {
    shared.depth = shared.rest;
  }
}
`;

const BEGIN = String.raw`
/* istanbul ignore next -- @preserve */
function coopProbeBegin(probes) {
  // depth: 1 while an instrumented call runs; rest: what it goes back to, which is 1 where nothing is to be done.
  const shared = { depth: 1, rest: 1, run: null };
  try {
    Object.defineProperty(globalThis, probes, { value: shared, configurable: true });
    coopProbeSetUp(shared);
  } catch (error) {
    shared.rest = 1;
  }
  shared.depth = shared.rest;
  return shared;
}

/* istanbul ignore next -- @preserve */
function coopProbeSetUp(shared) {
  if (typeof process !== "object" || process === null || !process.env || !process.env.COOP_PROBE) return;
  const load = typeof process.getBuiltinModule === "function" ? (name) => process.getBuiltinModule(name) : typeof require === "function" ? require : null;
  if (load === null) return;
  const fs = load("fs");
  const types = load("util").types;
  const { openSync, writeSync } = fs;
  const { getPrototypeOf, getOwnPropertyDescriptor, getOwnPropertyDescriptors } = Object;
  const { apply, ownKeys, defineProperty } = Reflect;
  const { stringify, parse } = JSON;
  const nothing = Symbol("nothing");
  const asked = process.env.COOP_PROBE;
  const listed = (text) => {
    try {
      const list = parse(text || "[]");
      return Array.isArray(list) ? list : [];
    } catch (error) {
      return [];
    }
  };
  const testFiles = listed(process.env.COOP_PROBE_TESTS);
  const codeFiles = listed(process.env.COOP_PROBE_CODE);
  const isObject = (value) => typeof value === "object" && value !== null;
  const dataOf = (value, key) => {
    const one = getOwnPropertyDescriptor(value, key);
    return one && "value" in one ? one.value : undefined;
  };
  const then = Promise.prototype.then;
  // A subclass may begin its work only when it is waited for.
  const isPromise = (value) => {
    if (!types.isPromise(value) || types.isProxy(value)) return false;
    const proto = getPrototypeOf(value);
    return typeof dataOf(proto, "then") === "function" && getPrototypeOf(getPrototypeOf(proto)) === null && dataOf(value, "then") === undefined;
  };
`;

const PROBING = String.raw`
  // One changed answer.
  const parts = asked.split("|");
  const variant = parts.pop();
  const wanted = { key: parts.pop(), of: parts.join("|") };
  // So many calls that were not meant are looked at: the one that is recorded came among the first.
  const othersMax = 5000;
  let others = 0;
  const isMeant = (of, self, args, entry) => {
    if (of !== wanted.of) return false;
    try {
      if (callers(entry) !== null && keyOf(self, args) === wanted.key) return true;
    } catch (error) {}
    others += 1 + weight;
    weight = 0;
    if (others >= othersMax) shared.rest = 1;
    return false;
  };
  const insteadOfError = (error) => {
    if (variant === "swallow") return undefined;
    const words = types.isNativeError(error) ? String(dataOf(error, "message")) : "coop: another error";
    if (variant === "other-kind") throw new (error instanceof TypeError ? RangeError : TypeError)(words);
    const instead = { "other-words": "coop: another error", "cut-words": words.slice(1) }[variant];
    if (instead !== undefined && types.isNativeError(error)) Reflect.defineProperty(error, "message", { value: instead, configurable: true, writable: true });
    throw error;
  };
  // An async function and what gave a promise give one here too; what gave its own object (skip:self) gives it.
  const probe = (of, self, args, later, body, entry) => {
    if (!isMeant(of, self, args, entry)) return body();
    if (variant.startsWith("skip")) return later || variant === "skip:promise" ? Promise.resolve(variant === "skip:self" ? self : undefined) : variant === "skip:self" ? self : undefined;
    const before = variant.startsWith("effect:") ? snapshot(self, args) : null;
    const answer = (value) => {
      try {
        if (before !== null) changeAgain(atPlace(changesSince(before, self, args), variant));
        const other = before === null ? changed(value, variant, self) : nothing;
        return other === nothing ? value : other;
      } catch (error) {
        return value;
      }
    };
    const twice = (value) => (variant === "twice" && value === undefined ? body() : answer(value));
    let given;
    try {
      given = body();
    } catch (error) {
      return insteadOfError(error);
    }
    if (!isPromise(given)) return twice(given);
    const other = apply(then, given, [twice, insteadOfError]);
    for (const key of ownKeys(given)) defineProperty(other, key, getOwnPropertyDescriptor(given, key));
    return other;
  };
  shared.run = asked === "record" ? record : probe;
  shared.rest = 0;
`;
