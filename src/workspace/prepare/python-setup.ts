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

function quoted(text: string): string[] {
  // A place that a program fills is no requirement.
  return [...text.replace(/#.*$/gm, "").matchAll(/["']([^"'\n]{1,200})["']/g)]
    .map(([, one = ""]) => one)
    .filter((line) => !line.includes("{"));
}
