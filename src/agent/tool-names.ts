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

/** The arguments with foreign names put right, where the tool's own name is not there already. */
export function withMeantNames(args: unknown, own: readonly string[]): unknown {
  if (typeof args !== "object" || args === null || Array.isArray(args)) return args;
  const named: Record<string, unknown> = { ...args };
  for (const name of own) {
    if (Object.hasOwn(named, name)) continue;
    const other = (ARGUMENTS_ELSEWHERE[name] ?? []).find((one) => Object.hasOwn(named, one) && !own.includes(one));
    if (other !== undefined) named[name] = named[other];
  }
  return named;
}
