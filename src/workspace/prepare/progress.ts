/** Turns what package managers print into now and then a short sentence for people who wait. */
const SENTENCES: readonly (readonly [pattern: RegExp, say: (found: RegExpExecArray) => string])[] = [
  [/added (\d+) packages?/, ([, count]) => `installed ${count} packages`],
  [/Progress: resolved (\d+)/, ([, count]) => `installing ${count} packages`],
  [/Packages: \+(\d+)/, ([, count]) => `installing ${count} packages`],
  [/Downloaded (\d+) crates/, ([, count]) => `downloaded ${count} crates`],
  [/(\d+) packages? installed/, ([, count]) => `installed ${count} packages`],
  [/Some packages have no wheel/, () => "building Python packages from source"],
];
/** More often nobody reads. */
const SPACING_MS = 2_000;
const LINE_CHARS_MAX = 2_000;

export function progress(say: (sentence: string) => void): (chunk: Buffer) => void {
  let said = "";
  let saidMs = -SPACING_MS;
  return (chunk) => {
    const text = chunk.toString("latin1").slice(-LINE_CHARS_MAX);
    for (const [pattern, words] of SENTENCES) {
      const found = pattern.exec(text);
      const sentence = found && words(found);
      if (!sentence || sentence === said || performance.now() - saidMs < SPACING_MS) continue;
      [said, saidMs] = [sentence, performance.now()];
      say(sentence);
    }
  };
}
