export const USAGE = `Usage: envcheck [options] <file>
  --fail-on-missing   exit with 1 when a variable is missing
  --ignore NAME       do not ask for this variable; may be repeated`;

/** @returns {{file: string, failOnMissing: boolean, ignore: string[]} | null} null for wrong usage */
export function parseOptions(args) {
  const options = { file: "", failOnMissing: false, ignore: [] };
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === "--fail-on-missing") options.failOnMissing = true;
    else if (arg === "--ignore" && args[index + 1]) options.ignore.push(args[++index]);
    else if (arg.startsWith("--") || options.file) return null;
    else options.file = arg;
  }
  return options.file ? options : null;
}

/** Names in an example file that the environment lacks. */
export function missing(example, environment, ignore = []) {
  const names = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
  return names.filter((name) => !environment[name] && !ignore.includes(name));
}
