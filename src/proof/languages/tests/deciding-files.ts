import type { Snapshot, Tree, TreeFile } from "../../../trees/tree.ts";
import { isTestFile } from "./test-files.ts";

/**
 * Files that decide what a test run says, without being tests: what only tests read, settings of runners and compilers,
 * and what a runner picks up by its name. A change that may touch them can make any test pass.
 */
const READ_BY_TESTS = [
  /(^|\/)(fixtures?|__fixtures__|goldens?|golden_files|snapshots?|__snapshots__|__mocks__|mocks|testdata|test[-_]?data|test[-_]?utils?|testing|testutil|testhelpers?|test[-_]?support|test[-_]?helpers?|cassettes)\//i,
  /(^|\/)(jest|vitest|test|tests|mocha|ava|karma)[.-]?(setup|helpers?|utils?|globals?|environment)[^/]*\.[cm]?[jt]sx?$/i,
  /(^|\/)(setup[-_.]?(tests?|jest|vitest|files)|global[-_.]?setup|global[-_.]?teardown)[^/]*\.[cm]?[jt]sx?$/i,
  /\.(golden|snap|snapshot|ambr|(approved|verified|received)\.\w+|expected)$/i,
];

const SETTINGS = [
  /(^|\/)(vite|babel|webpack|rollup|esbuild|swc|metro|next|nuxt|wdio|cypress|stryker|nyc|c8|tsup)\.config\.[^/]+$/i,
  /(^|\/)(jest|vitest|playwright|karma|ava|mocha)[^/]*\.config\.[^/]+$/i,
  /(^|\/)\.?(babelrc|swcrc|nycrc|c8rc|taprc|mocharc|coveragerc|noderc|jestrc|esbuildrc)(\.\w+)?$/i,
  /(^|\/)tsconfig[^/]*\.json$/i,
  /(^|\/)(\.?pytest|tox|mypy|nox|noxfile|\.coverage|unittest|nose2)\.(ini|toml|py|cfg)$/i,
  /(^|\/)(hatch\.toml|\.stestr\.conf|mocha\.opts|karma\.conf\.[cm]?[jt]s|jest-preset\.([cm]?js|json)|node\.config\.json)$/i,
  /(^|\/)((conftest|sitecustomize|usercustomize)\.(py|pyc|so)$|sitecustomize\/__init__\.(py|pyc|so)$)/i,
  /^((src|lib|python|tests?)\/)?(sitecustomize|usercustomize)\/.*\.(py|pyc|so)$/i,
  /(^|\/)(vitest\.workspace|turbo|nx|lerna|project|deno|bunfig)\.(jsonc?|toml|[cm]?[jt]s)$/i,
  /(^|\/)(phpunit\.xml|\.rspec|Rakefile|build\.gradle|settings\.gradle|gradle\.properties|pom\.xml|Directory\.Build\.(props|targets)|nextest\.toml)(\.\w+)?$/i,
  /(^|\/)(rust-toolchain|go\.work)(\.\w+)?$/i,
];

/** Found before the real thing: by the language's own search, by `make`, or by npm. */
const SHADOWS = [
  /(^|\/)node_modules\//,
  /^(src\/|tests?\/|lib\/)?(unittest|pytest|_pytest|nose|nose2|doctest|mock|coverage|hypothesis|_testcapi|pluggy)(\.py|\/.*)$/,
  /\.pth$/,
  /(^|\/)GNUmakefile$/,
  /(^|\/)\.(npmrc|yarnrc(\.yml)?|pypirc|node-version|nvmrc|python-version|env)$/,
  /(^|\/)(pip\.conf|pip\.ini)$/,
  /(^|\/)vendor\/modules\.txt$/,
];

export type Deciding = "read by tests" | "settings of the test run" | "found by its name before the real one";

/** @returns null for an ordinary file */
export function decidingFile(path: string): Deciding | null {
  if (SHADOWS.some((pattern) => pattern.test(path))) return "found by its name before the real one";
  if (SETTINGS.some((pattern) => pattern.test(path))) return "settings of the test run";
  return READ_BY_TESTS.some((pattern) => pattern.test(path)) ? "read by tests" : null;
}

/**
 * The head's product under the base's tests: tests, what they read and what decides how they run come from the base.
 * @param excused files whose change a person agreed to: they come from the head
 * @param theirs other files that hold what tests expect: see `readByTests`
 */
export function oldTestsTree(
  base: Pick<Snapshot, "tree">,
  head: Pick<Snapshot, "tree">,
  excused: readonly string[],
  theirs: ReadonlySet<string> = new Set(),
): Tree {
  const isTests = (path: string) => isTestFile(path) || decidingFile(path) !== null || theirs.has(path);
  const ofBase = (path: string) => isTests(path) && !excused.includes(path);
  const tree = new Map<string, TreeFile>([...head.tree].filter(([path]) => !ofBase(path)));
  for (const [path, file] of base.tree) if (ofBase(path)) tree.set(path, file);
  return tree;
}
