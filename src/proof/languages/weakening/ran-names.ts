/** Tests by the names that runners print, beside those in the sources. */

/** A runner prints `group > test`, `Class.test`, `TestX/row`; people often write the last part only, and jest `group test`. */
export function isNamed(test: string | null, said: string): boolean {
  if (test === null) return false;
  const plain = (text: string) =>
    text
      .split(/ > |::|\.(?=test)|\//)
      .at(-1)
      ?.trim() ?? text;
  const groups = test.split(" > ");
  const joined = said.split(" > ").join(" ");
  return test === said || plain(test) === plain(said) || groups.some((_, at) => groups.slice(at).join(" ") === joined);
}

/** `test_a[1-2]` and `TestA/row` belong to the test that makes them. */
export function familyOf(name: string): string {
  return /^(.*?\b(?:Test|Fuzz|Example)\w*)\/./.exec(name)?.[1] ?? /^(.*?)\[.*\]$/.exec(name)?.[1] ?? name;
}

export function title(name: string): string {
  return name.split(" > ").at(-1) ?? name;
}

/** Whether a test by the name that its runner prints is this one of the sources. */
export function isRunOf(ran: string, test: string): boolean {
  return [ran, bare(ran), bare(familyOf(ran))].some((name) => isNamed(name, test));
}

/** Without the file, or in Go the package, that stands before a name. */
export function bare(name: string): string {
  return name.replace(/^(?:(?=\S*[./])\S+|\S+(?=: (?:Test|Fuzz|Example))): /, "");
}

export function lastPart(name: string): string {
  return bare(title(name))
    .split(/::|\.(?=test)/)
    .at(-1) as string;
}
