import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";
import { AVA_REPORT } from "./inside-node.ts";

/** Runners that are asked for a report by arguments. Those that are asked by variables are in `instrument.ts`. */
export type Asked = {
  readonly starts: RegExp;
  readonly already: RegExp;
  readonly add: string;
  readonly at?: RegExp;
  /** Otherwise what `add` names. */
  readonly writes?: string[];
  /** A shell's command that has to run before it. */
  readonly before?: string;
  /** The report is of a part of the tests only. */
  readonly partial?: true;
};

const SET = String.raw`^(?:(?:cross-env |[A-Z_]+=\S+ )*)`;
const node = (name: string, file: string) =>
  new RegExp(
    `${SET}(?:npx |yarn |pnpm (?:exec )?|bunx |node (?:--\\S+ )*)?(?:\\S*node_modules/(?:\\.bin/)?${file}|${name})(?: |$)`,
  );

export const PLAYWRIGHT_REPORT = "playwright.json";

export const RUNNERS: readonly Asked[] = [
  {
    starts: node("jest", "(?:jest|jest/bin/jest\\.js)"),
    already: /--(?:json|outputFile|watch|listTests)/,
    add: `--json --outputFile=${REPORTS_FOLDER}/jest.json`,
  },
  {
    starts: node("vitest(?= run| --run|$)", "vitest"),
    already: /--(?:reporter|outputFile|watch|ui)|\bbench\b/,
    add: `--reporter=default --reporter=json --outputFile.json=${REPORTS_FOLDER}/vitest.json`,
  },
  {
    starts: node("playwright test", "playwright test"),
    already: /--(?:reporter|ui|debug|list|last-failed)/,
    add: "--reporter=list,json",
    writes: [PLAYWRIGHT_REPORT],
  },
  {
    starts: node("tap", "tap"),
    already: /(?: -[od]|--output-(?:file|dir))\b|^\S*tap (?:replay|report|list|config|dump-config|build|plugin)\b/,
    add: `--output-file=${REPORTS_FOLDER}/tap.tap`,
  },
  { starts: new RegExp(`${SET}go test(?: |$)`), already: /-json\b/, add: "-json", at: /^(.*?go test)/ },
  { starts: /^deno test(?: |$)/, already: /--(?:reporter|junit-path)/, add: `--junit-path=${REPORTS_FOLDER}/deno.xml` },
  {
    starts: /^bun test(?: |$)/,
    already: /--reporter/,
    add: `--reporter=junit --reporter-outfile=${REPORTS_FOLDER}/bun.xml`,
  },
  { starts: /^python3? -m unittest(?: |$)/, already: / -(?:v|-verbose)\b/, add: "-v" },
  {
    starts: /^ctest(?: |$)/,
    already: /--output-junit/,
    add: `--output-junit ${REPORTS_FOLDER}/ctest.xml`,
    writes: ["*"],
  },
  {
    starts: /^(?:\.\/)?(?:vendor\/bin\/)?phpunit(?: |$)/,
    already: /--log-junit/,
    add: `--log-junit ${REPORTS_FOLDER}/phpunit.xml`,
  },
  {
    starts: /^dotnet test(?: |$)/,
    already: /--(?:logger|results-directory)|-l /,
    add: `--logger trx --results-directory ${REPORTS_FOLDER}`,
    writes: ["*.trx"],
  },
  // Written by what listens to it: see `inside-node.ts`.
  {
    starts: node("ava", "(?:ava|ava/entrypoints/cli\\.mjs)"),
    already: / (?:-[tw]|--tap|--watch|debug|reset-cache)(?: |$)/,
    add: "--tap",
    writes: [AVA_REPORT],
  },
  // A file of settings that stand behind the repository's own.
  {
    starts: new RegExp(`${SET}cargo (?:\\+\\S+ )?nextest (?:run|r)(?: |$)`),
    already: /--(?:tool-config-file|no-run)\b/,
    add: `--tool-config-file coop:${REPORTS_FOLDER}/nextest.toml`,
    at: /^(.*?nextest (?:run|r))(?= |$)/,
    writes: ["nextest.xml"],
    before: `printf '%s\\n' '[profile.default.junit]' 'path = "${REPORTS_FOLDER}/nextest.xml"' 'report-skipped = "ignored"' >${REPORTS_FOLDER}/nextest.toml`,
  },
  // XCTest writes one only where its tests run side by side; Swift Testing always does, beside it.
  {
    starts: /^swift test(?: |$)/,
    already: /--(?:xunit-output|list-tests)|\blist\b/,
    add: `--xunit-output ${REPORTS_FOLDER}/swift.xml`,
    at: /^(.*?swift test)(?= |$)/,
    writes: ["swift.xml", "swift-swift-testing.xml"],
    partial: true,
  },
  { starts: /^mix test(?: |$)/, already: /--trace/, add: "--trace" },
];

/** Runners started alone that write no report where we ask for some. */
export const WRITES_NONE: readonly RegExp[] = [
  /^(?:cargo|mvn|sh mvnw|gradle|sh gradlew|swift|python3? manage\.py) /,
  node("tape", "tape"),
];

/** @returns the runner that starts with these words, where it can be asked by arguments and was not asked for something else */
export function askable(said: string): Asked | undefined {
  const runner = RUNNERS.find((one) => one.starts.test(said));
  return runner?.already.test(said) ? undefined : runner;
}
