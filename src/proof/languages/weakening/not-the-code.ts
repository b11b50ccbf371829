/** What a test in JavaScript may name without asking the code that it is about. */

/** Runners, what asserts, and parts of Node that reach no file, no process and no other machine. */
const RUNNERS =
  /^((node:)?(test(\/\w+)?|assert(\/strict)?|util(\/types)?|path(\/\w+)?|os|url|querystring|buffer|events|crypto|timers(\/promises)?|string_decoder|perf_hooks)|bun:test|@jest\/globals|jest|vitest|mocha|chai(-[\w-]+)?|expect|should|sinon|ava|tap|tape|qunit|uvu(\/assert)?|@playwright\/test)$/;

export function isRunner(from: string): boolean {
  return RUNNERS.test(from);
}

const OF_RUNNERS =
  /^(assert|expect|chai|should|describe|it|test|t|jest|vi|suite|specify|context|x?(it|test|describe)|f(it|describe)|(before|after)(Each|All)?|setup|teardown)$/;

/** A global of a runner. */
export function isOfRunner(name: string): boolean {
  return OF_RUNNERS.test(name);
}

const BUILT_IN =
  /^(undefined|NaN|Infinity|arguments|Object|Array|String|Number|Boolean|Symbol|BigInt|Date|Math|JSON|RegExp|Map|Set|WeakMap|WeakSet|WeakRef|Promise|Proxy|Reflect|Function|Intl|Iterator|(Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error|(Shared)?ArrayBuffer|DataView|(Big)?(Uint|Int)\d+(Clamped)?Array|Float\d+Array|parse(Int|Float)|is(NaN|Finite)|(en|de)codeURI(Component)?|eval|structuredClone|(set|clear)(Timeout|Interval|Immediate)|queueMicrotask|console|process|performance|crypto|Buffer|URL(SearchParams)?|Text(En|De)coder|Abort(Controller|Signal)|Event(Target)?|Blob|atob|btoa)$/;

/** A global of the language, or one of Node that only works something out. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.test(name);
}

const KINDS = [Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Date, RegExp, Map, Set, WeakMap, Promise, Error, Uint8Array, URL, URLSearchParams]; // prettier-ignore
const MEMBERS = new Set(
  [...KINDS, ...KINDS.map(({ prototype }): object => prototype), Math, JSON, Reflect, console].flatMap((one) =>
    Object.getOwnPropertyNames(one),
  ),
);

/** `at`, `toSorted`: what values have before any code runs. */
export function isBuiltInMember(name: string): boolean {
  return MEMBERS.has(name);
}
