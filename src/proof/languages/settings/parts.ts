/** Cuts a text at the lines that match; white space at the ends does not count. */
export function parts(text: string, heading: RegExp): Map<string, string> {
  const found = new Map<string, string[]>();
  let name = "";
  for (const line of text.split("\n")) {
    name = heading.exec(line)?.[1] ?? name;
    const lines = found.get(name) ?? [];
    if (lines.length === 0) found.set(name, lines);
    lines.push(line.trimEnd());
  }
  return new Map([...found].map(([key, lines]) => [key, lines.join("\n").trim()]));
}

export function changedParts(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  isMeant: (name: string) => boolean,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => isMeant(name) && before.get(name) !== after.get(name))
    .map((name) => `the part "${name}"`);
}
