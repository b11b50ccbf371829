/**
 * Lists of plain strings in a `setup.py`, in place or by the name of a variable. What a program computes there is asked of
 * it later, in the build step.
 */
export function setupLists(setup: string, wanted: (extra: string) => boolean): string[] {
  const keyed = [...setup.matchAll(/\b(?:install_requires|tests_require)\s*=\s*(\[[^\]]{0,4000}\]|\w+)/g)];
  const extras = /\bextras_require\s*=\s*(\{[^{}]{0,8000}\}|\w+)/.exec(setup)?.[1] ?? "";
  const body = extras.startsWith("{") ? extras : (assigned(setup, extras, "{", "}") ?? "");
  const ofExtras = [...body.matchAll(/["']([^"'\n]{1,100})["']\s*:\s*(\[[^\]]{0,4000}\]|\w+)/g)].filter(
    ([, name = ""]) => wanted(name),
  );
  const values = [...keyed.map(([, value = ""]) => value), ...ofExtras.map(([, , value = ""]) => value)];
  return values.flatMap((value) => quoted(value.startsWith("[") ? value : (assigned(setup, value, "[", "]") ?? "")));
}

function assigned(setup: string, name: string, open: string, close: string): string | null {
  if (!/^\w{1,100}$/.test(name)) return null;
  return new RegExp(`^[ \\t]*${name}\\s*=\\s*(\\${open}[^\\${close}]{0,8000}\\${close})`, "m").exec(setup)?.[1] ?? null;
}

/** Plain strings of a list. One that is joined to something, or that a program fills, is computed. */
function quoted(text: string): string[] {
  const texts = text
    .replace(/#.*$/gm, "")
    .matchAll(/(?<=[[,]\s{0,200})(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')(?=\s{0,200}[\],])/g);
  return [...texts].map(([, a, b]) => a ?? b ?? "").filter((line) => !line.includes("{"));
}
