import { changedParts, parts } from "./parts.ts";

/** Targets that test, and what every target stands on. */
export function makeSettings(before: string, after: string): string[] {
  const [old, now] = [targets(before), targets(after)];
  const testing = new Set(
    [...old]
      .filter(([name, text]) => TESTS.test(name) || (RUNNER.test(text) && !BESIDE.test(name)))
      .map(([name]) => name),
  );
  const changed = changedParts(old, now, (name) => testing.has(name) || /^(test|check)\b/.test(name));
  const lost = [...old].filter(([name, text]) => !testing.has(name) && losesOne(testing, text, now.get(name) ?? ""));
  const [was, is] = [variables(before), variables(after)];
  const tested = [...old].filter(([name]) => testing.has(name)).map(([, text]) => text);
  const used = new Set(tested.flatMap((text) => [...text.matchAll(/\$[({]?(\w+)/g)].map((one) => one[1])));
  const others = [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name) && (OF_MAKE.test(name) || used.has(name)))
    .map((name) => `the variable "${name}"`);
  return [...changed, ...lost.map(([name]) => `the part "${name}"`), ...others];
}

/** Names of targets that test, and what a target that tests runs. */
const TESTS = /^(tests?|check|unit)\b/;
const RUNNER =
  /\b(go (-C \S+ )?test|gotestsum|pytest|py\.test|unittest|nose2|jest|vitest|mocha|ava|(node|deno|bun) (\S+ ){0,8}(--)?test|(npm|pnpm|yarn) (run )?test|cargo (\S+ )?(test|nextest)|ctest|tox|nox|phpunit|rspec|dotnet test|(mvnw?|gradlew?) (\S+ ){0,8}(test|verify|check))\b/;
/** Nobody takes what these say for a run of the tests. */
const BESIDE = /bench|watch|fuzz|update|golden|prof|cover/i;

/** `ci: lint unit` and `$(MAKE) unit`: whether a target that tests is no longer made with it. */
function losesOne(testing: ReadonlySet<string>, was: string, is: string): boolean {
  if (was === is) return false;
  const left = new Set(is.match(/[\w.-]+/g));
  return (was.match(/[\w.-]+/g) ?? []).some((word) => testing.has(word) && !left.has(word));
}

/** Variables by which make chooses how a recipe runs. */
const OF_MAKE =
  /^(SHELL|\.SHELLFLAGS|MAKEFLAGS|MAKEFILES|\.ONESHELL|\.IGNORE|\.SILENT|include|PATH|GOFLAGS|GOENV|NODE_OPTIONS|NODE_PATH|PYTEST_ADDOPTS|PYTHON(OPTIMIZE|PATH|STARTUP)|RUSTFLAGS)$/;

/** `FLAGS ?= -v`, `export PATH := …`, `include more.mk`, `.IGNORE:`; a value may be put together in several places. */
function variables(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match =
      /^(?:(?:export|override|define|unexport) +)*([\w.]+) *(?:[:?+!]{0,3}=) *(.*)$/.exec(line) ??
      /^[-s]?(include) +(.*)$/.exec(line) ??
      /^(\.IGNORE|\.ONESHELL) *:(.*)$/.exec(line);
    if (match?.[1]) found.set(match[1], `${found.get(match[1]) ?? ""}${match[2] ?? ""}\n`);
  }
  return found;
}

function targets(text: string): Map<string, string> {
  return parts(text, /^([\w.-]+)\s*:(?!=)/);
}
