/** Programs that start the runner and hand everything behind its name on: whoever asks for a report asks the runner. */
const STARTERS: readonly RegExp[] = [
  /^(?:env(?: -u \S+)* |cross-env(?:-shell)? |dotenv(?: -[ef] \S+)* (?:-- )?|time |xvfb-run(?: -a)? )/,
  /^uv run (?:--(?:with|extra|group|package|python)[ =]\S+ |--[\w-]+ )*(?=[\w./])/,
  /^(?:poetry|pdm|pipenv|hatch|rye) run (?:-- )?(?=[\w./])/,
  // Without the two strokes npm would take the runner's options for its own.
  /^(?:npm exec --|yarn(?: run| exec)?|pnpm exec|bundle exec) (?=[\w./])/,
  /^[A-Za-z_]\w*=(?:"[^"$`]*"|'[^']*'|[^\s"'`$]+) (?=\S)/,
];
/** They count covered lines; options of theirs stand before the runner's name. */
const MEASURERS = /^(?:npx |yarn |pnpm (?:exec )?)?(?:c8|nyc)(?: --?[\w:.-]+(?:=\S+)?)* (?=[\w./])/;
/** With a runner of Python behind it; `-m` names a module. */
const COVERAGE = /^(?:\S*python[\d.]* -m )?coverage run(?: --?[\w-]+(?:=\S+)?)* -m (?=\w)/;
/** Of words that only start what follows. */
const DEPTH_MAX = 8;

/**
 * @returns the runner's own command
 * @example
 * seenThrough("uv run pytest -q") // → "pytest -q"
 * seenThrough("NODE_ENV=test c8 --all mocha") // → "mocha"
 */
export function seenThrough(said: string): string {
  let rest = said;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const inner = COVERAGE.test(rest)
      ? rest.replace(COVERAGE, "python3 -m ")
      : [...STARTERS, MEASURERS].reduce((text, starter) => text.replace(starter, ""), rest);
    if (inner === rest) return rest;
    rest = inner;
  }
  return said;
}
