/**
 * Programs that run the tests of many packages at once write before each line whose line it is. Such lines are told
 * apart by what is before them, so that the lines of one package stay together.
 */
export type Split = { readonly channel: string; readonly text: string };

/** Sure by their shape. */
const SURE: readonly RegExp[] = [
  // turbo: `@acme/web:test: …`, `web#test: …`; moon: `web:test | …`
  /^((?:@[\w.-]+\/)?[\w./-]+[:#][A-Za-z_][\w:.-]*)(?:: ?| \| ?|$)/,
  // pnpm -r: `packages/web test: …`; the word is the script's
  /^((?:\.|[\w.@-]+(?:\/[\w.@-]+)+) [\w:.-]*(?:test|check|spec|unit|ci|e2e|verify|coverage)[\w:.-]*)(?:: ?|\$ )/i,
  // yarn workspaces foreach: `[@acme/web]: …`; concurrently: `[web] …`, `[0] …`
  /^(?:➤ YN\d+: (?:│ )?)?(\[(?:@[\w.-]+\/)?[\w.:-]+\]:?)(?: |$)/,
  // WebdriverIO: `[chrome 120.0 linux #0-0] …`
  /^(\[[\w ./-]+ #\d+-\d+\])(?: |$)/,
  // act: `[ci/test]   | …`; a container's build: `#12 0.512 …`
  /^(\[[\w ./-]+\]) +\| {0,2}/,
  /^(#\d+) \d+\.\d+ ?/,
  // lerna, nx, wireit: `@acme/web: …`
  /^(@[\w.-]+\/[\w.-]+): ?/,
  // docker compose: `web-1  | …`
  /^([\w.-]+[-_]\d+) {1,40}\| ?/,
];
/** pnpm names a package's folder and script before the command that it starts: `web test$ jest`. */
const STARTED = /^([\w.@-]+ [\w:.-]+)\$ \S/;
/** Bun's `--filter` names package and script alike, and says nothing before: two such lines in a row are its. */
const NAMED = /^([\w.@-]+ [\w.-]*(?:test|check|spec|unit|ci|e2e|verify|coverage)[\w.-]*):(?: |$)/i;
/** As many packages as a workspace may have. */
const STARTED_MAX = 2_000;
/** `web: …` could be anybody's line; it counts once such a program has named itself. */
const BY_NAME = /^(?!Tests?:|Snapshots:|Time:|FAIL:|ERROR:|PASS:|SKIP:|Ok:|Fail:)([\w.-]+): ?/;
const INTRODUCED = /^(?:lerna (?:info|notice|success)| ?NX  |> nx run|> lerna |\s*• Packages in scope|• Running )/;
/** What begins like a prefix and is a runner's own line. */
const OWN =
  /^(?:\[(?:INFO|ERROR|WARNING|WARN|info|error|warn|debug|doctest|OK|PASS|FAIL|SKIP|Suite|gw\d+|chromium|firefox|webkit)\]|https?:|file:|node:|ASSERT:|[A-Za-z]:[\\/])/;

/** Where packages are tested one after the other, nx, npm and pnpm say whose turn it is; pnpm says where it lies too. */
const TURN_OF_NX = /^> nx run (\S+)(?: .*)?$/;
const TURN = /^> ((?:@[\w.-]+\/)?[\w.-]+@\d\S*) ([\w:.-]+)(?: \/workspace\/(\S+)| \/\S*)?$/;

/** @param mayEnd whether the turn of a channel may end: a test prints such lines too, when it starts npm */
export function prefixSplitter(mayEnd: (channel: string) => boolean): (line: string) => Split {
  let introduced = false;
  const started = new Set<string>();
  let before = "";
  let turn = "";
  let isOfNx = false;
  const known = (line: string) => {
    const colon = line.indexOf(":");
    return colon > 0 && started.has(line.slice(0, colon)) ? /^([^:]+): ?/.exec(line) : null;
  };
  // What nx starts may be a script of npm: it is still the turn that nx has named.
  const begins = (line: string) => {
    const ofNx = TURN_OF_NX.exec(line)?.[1];
    const [, name, script, folder] = (!ofNx && !isOfNx && TURN.exec(line)) || [];
    const next = ofNx ?? (folder ? `${folder} ${script}` : name);
    if (next === undefined || !mayEnd(turn)) return;
    isOfNx = ofNx !== undefined;
    turn = next;
  };
  return (line) => {
    introduced ||= INTRODUCED.test(line);
    const start = started.size < STARTED_MAX ? STARTED.exec(line)?.[1] : undefined;
    if (start) started.add(start);
    const named = NAMED.exec(line)?.[1] ?? "";
    if (named !== "" && named === before && started.size < STARTED_MAX) started.add(named);
    before = named;
    if (!OWN.test(line)) {
      const found = SURE.map((pattern) => pattern.exec(line)).find((match) => match !== null);
      const match = found ?? known(line) ?? (introduced ? BY_NAME.exec(line) : null);
      if (match?.[1]) return { channel: match[1], text: line.slice(match[0].length) };
    }
    begins(line);
    return { channel: turn, text: line };
  };
}

/** What names a package in front of its lines; numbers of steps and of processes differ from run to run. */
const PACKAGES: readonly RegExp[] = [
  /^\[((?:@[\w.-]+\/)?[\w.-]+)\]:$/,
  /^((?:@[\w.-]+\/)?[\w./-]+)[:#][A-Za-z_][\w:.-]*$/,
  /^([\w.@-][\w./@-]*) [\w:.-]+$/,
  /^(@[\w.-]+\/[\w.-]+)$/,
  // Those of docker compose have a number.
  /^(?!.*[-_]\d+$)([A-Za-z][\w.-]*)$/,
];

/** @returns the package whose lines a channel has; null where the tests of others cannot be told from its own */
export function packageOf(channel: string): string | null {
  return PACKAGES.map((pattern) => pattern.exec(channel)?.[1]).find((name) => name !== undefined) ?? null;
}
