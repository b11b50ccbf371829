/** Tests by the names that runners print, beside those in the sources. */

/** A runner prints `group > test`, `Class.test`, `TestX/row`; people often write the last part only, and jest `group test`. */
export function isNamed(test: string | null, said: string): boolean {
  if (test === null) return false;
  const keys = keysOfNamed(test);
  return keysOfSaid(said).some((one) => keys.includes(one));
}

/** A test is named by what is said where both have one of these in common. */
function keysOfNamed(test: string): string[] {
  const groups = test.split(" > ");
  return [`last ${plain(test)}`, ...groups.map((_, at) => `all ${groups.slice(at).join(" ")}`)];
}

export function keysOfSaid(said: string): [last: string, all: string] {
  return [`last ${plain(said)}`, `all ${said.split(" > ").join(" ")}`];
}

function plain(text: string): string {
  const last =
    text
      .split(/ > |::|\.(?=test)|\//)
      .at(-1)
      ?.trim() ?? text;
  // Go prints `TestHour/nearly_two` for the row "nearly two".
  return /\bTest\w*\//.test(text) ? last.replaceAll(" ", "_") : last;
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
  const keys = keysOfRun(ran);
  return keysOfSaid(test).some((one) => keys.has(one));
}

/** Of one test among thousands it is asked by these which of thousands it is. */
export function keysOfRun(ran: string): Set<string> {
  return new Set([ran, bare(ran), bare(familyOf(ran))].flatMap(keysOfNamed));
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
