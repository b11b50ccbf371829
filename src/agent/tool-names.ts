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
  ls: "list_files",
  list_dir: "list_files",
  list_directory: "list_files",
  edit: "edit_file",
  str_replace: "edit_file",
  replace_in_file: "edit_file",
  write: "write_file",
  create_file: "write_file",
  remove_file: "delete_file",
  bash: "run",
  shell: "run",
  exec: "run",
  run_command: "run",
  execute_command: "run",
};

/** Arguments under the names that other agents' tools have for them. */
const ARGUMENTS_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  path: ["file_path", "filepath", "filename", "file", "directory", "dir"],
  old_text: ["old_string", "old_str", "old", "search"],
  new_text: ["new_string", "new_str", "new", "replace", "replacement"],
  content: ["contents", "text", "file_text", "data"],
  pattern: ["query", "regex", "text", "q"],
  command: ["cmd", "script", "code"],
};

/** @returns null when no tool of these, or more than one, can be meant */
export function meantTool(said: string, names: readonly string[]): string | null {
  if (names.includes(said)) return said;
  const plain = snake(said.replace(/<.*$/s, "").replace(/^.*[.:/]/s, ""));
  const meant = names.filter((name) => snake(name) === plain);
  if (meant.length === 1) return meant[0] ?? null;
  const elsewhere = KNOWN_ELSEWHERE[plain];
  return elsewhere !== undefined && names.includes(elsewhere) ? elsewhere : null;
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
const FRAMES: readonly string[] = ["arguments", "args", "parameters", "params", "input", "kwargs"];

/** The arguments with foreign names put right, where the tool's own name is not there already. */
export function withMeantNames(args: unknown, own: readonly string[]): unknown {
  const given = unframed(args, own);
  if (!isObject(given)) return given;
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

function unframed(args: unknown, own: readonly string[]): unknown {
  if (!isObject(args) || Object.keys(args).some((key) => own.includes(key))) return args;
  const frame = FRAMES.find((name) => Object.hasOwn(args, name));
  if (frame === undefined) return args;
  const inner = args[frame];
  const parsed = typeof inner === "string" ? looseJson(inner) : inner;
  return isObject(parsed) ? parsed : args;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
