import { looseJson } from "../models/loose-json.ts";

/**
 * Which tool a model means by a name that is none of ours: wrapped by its provider (`functions.read_file`,
 * `read_file<|channel|>commentary`), spelt another way (`readFile`), or the name that the same tool has elsewhere.
 */
const KNOWN_ELSEWHERE: Readonly<Record<string, string>> = {
  cat: "read_file",
  open_file: "read_file",
  view: "read_file",
  view_file: "read_file",
  read: "read_file",
  grep: "search",
  search_files: "search",
  search_file_content: "search",
  ls: "list_files",
  list_dir: "list_files",
  list_directory: "list_files",
  edit: "edit_file",
  replace: "edit_file",
  update: "edit_file",
  search_replace: "edit_file",
  str_replace: "edit_file",
  replace_in_file: "edit_file",
  write: "write_file",
  create_file: "write_file",
  save_file: "write_file",
  write_to_file: "write_file",
  remove_file: "delete_file",
  bash: "run",
  shell: "run",
  exec: "run",
  run_command: "run",
  execute_command: "run",
  run_shell_command: "run",
  run_terminal_cmd: "run",
};

/** Arguments under the names that other agents' tools have for them. */
const ARGUMENTS_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  path: [
    "file_path",
    "filepath",
    "filename",
    "file",
    "target_file",
    "absolute_path",
    "relative_path",
    "directory",
    "dir",
  ],
  old_text: [
    "old_string",
    "old_str",
    "old",
    "search",
    "find",
    "old_content",
    "original",
    "original_text",
    "search_text",
  ],
  new_text: [
    ...["new_string", "new_str", "new", "replace", "replacement"],
    ...["new_content", "updated", "updated_text", "replace_with", "replace_text", "replacement_text"],
  ],
  content: ["contents", "text", "file_text", "data"],
  pattern: ["query", "regex", "text", "q"],
  command: ["cmd", "script", "code"],
};

/** @returns null when no tool of these, or more than one, can be meant */
export function meantTool(said: string, names: readonly string[]): string | null {
  if (names.includes(said)) return said;
  const plain = snake(said.replace(/<.*$/s, "").replace(/^.*[.:/]/s, ""));
  const meant = [plain, bare(plain)].map((one) => names.filter((name) => letters(name) === letters(one)));
  const [only] = meant.find((one) => one.length === 1) ?? [];
  if (only !== undefined) return only;
  const elsewhere = KNOWN_ELSEWHERE[plain] ?? KNOWN_ELSEWHERE[bare(plain)];
  return elsewhere !== undefined && names.includes(elsewhere) ? elsewhere : null;
}

/** What models and gateways add to a name: a count, what it is the name of, or the name again. */
function bare(plain: string): string {
  const once = plain.replace(/^(\w{3,64}?)(?:_?\1)+$/, "$1");
  return once.replace(/^(?:call|tool|function)_|_(?:tool|function|call|\d{1,3})$/g, "").replace(/s$/, "");
}

function letters(name: string): string {
  return snake(name).replaceAll("_", "");
}

function snake(name: string): string {
  return name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

/** What models put around the arguments when they repeat the form in which calls are sent. */
const FRAMES: readonly string[] = [
  ...["arguments", "args", "parameters", "params", "input", "kwargs", "properties", "function"],
  ...["raw", "raw_arguments", "value", "tool_args", "tool_arguments", "tool_input", "tool_parameters", "json"],
];
/** A frame in a frame in a frame is still the form of a call. */
const FRAMES_MAX = 3;
/** Where other agents' tools take several changes of one file; of one, it is the same. */
const LISTS_OF_ONE: readonly string[] = ["edits", "changes", "replacements"];

/** The arguments with foreign names put right, where the tool's own name is not there already. */
export function withMeantNames(args: unknown, own: readonly string[]): unknown {
  const framed = unframed(args, own);
  if (!isObject(framed)) return framed;
  const given = withTheOnlyOne(framed, own);
  const named: Record<string, unknown> = { ...given };
  const spelt = new Map(Object.keys(given).map((key) => [snake(key), key]));
  for (const name of own) {
    if (Object.hasOwn(named, name)) continue;
    const other = [name, ...(ARGUMENTS_ELSEWHERE[name] ?? [])].find(
      (one) => spelt.has(one) && !own.includes(spelt.get(one) ?? ""),
    );
    if (other !== undefined) named[name] = named[spelt.get(other) ?? other];
  }
  return named;
}

function unframed(args: unknown, own: readonly string[], frames = 0): unknown {
  const given = typeof args === "string" ? looseJson(args) : args;
  const inner = frames > FRAMES_MAX ? undefined : innerOf(given, own);
  const found = inner === undefined ? given : unframed(inner, own, frames + 1);
  return isObject(found) ? found : args;
}

function innerOf(given: unknown, own: readonly string[]): unknown {
  if (Array.isArray(given)) return ofPairs(given) ?? (given.length === 1 ? given[0] : undefined);
  if (!isObject(given)) return undefined;
  // Also by a foreign name: what stands beside it is then an argument as well, such as a file's own JSON.
  const isArgument = (key: string) =>
    own.some((name) => name === key || (typeof given[key] === "string" && (ARGUMENTS_ELSEWHERE[name] ?? []).includes(snake(key)))); // prettier-ignore
  return Object.keys(given).some(isArgument) ? undefined : framedIn(given);
}

/** `[{"name": "path", "value": "a.js"}, …]` */
function ofPairs(given: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  const pairs = given.flatMap((one) => {
    const { name, key = name, value } = isObject(one) ? one : {};
    return typeof key === "string" && value !== undefined ? [[key, value] as const] : [];
  });
  return pairs.length === given.length ? Object.fromEntries(pairs) : undefined;
}

/** What stands in a frame, or in the only field there is, which some name after the tool. */
function framedIn(given: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(given);
  const frame = FRAMES.map((name) => keys.find((key) => snake(key) === name)).find((key) => key !== undefined);
  const [only, ...more] = keys;
  if (frame !== undefined) return given[frame];
  const one = only === undefined || more.length > 0 ? undefined : given[only];
  return isObject(one) || /^\s*\{/.test(typeof one === "string" ? one : "") ? one : undefined;
}

function withTheOnlyOne(
  given: Readonly<Record<string, unknown>>,
  own: readonly string[],
): Readonly<Record<string, unknown>> {
  const list = LISTS_OF_ONE.find((name) => Object.hasOwn(given, name) && !own.includes(name));
  const listed = list === undefined ? [] : given[list];
  const said = typeof listed === "string" ? looseJson(listed) : listed;
  const items = Array.isArray(said) ? (said as unknown[]) : [said];
  const [only, ...more] = items;
  return isObject(only) && more.length === 0 ? { ...only, ...given } : given;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
