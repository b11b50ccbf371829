import { z } from "zod";
import { linesOf } from "../roles/citations.ts";
import { meantByEnd } from "../trees/meant-path.ts";
import { listed } from "./listed.ts";
import { defineTool, type Workbench, failure, success, type ToolOutput } from "./tool.ts";
import { matchesPath } from "./wildcard.ts";

/** A longer line is shown by its beginning; the rest is read by its columns. Minified files have lines of megabytes. */
const LINE_CHARS_MAX = 2_000;

export const listFiles = defineTool({
  name: "list_files",
  description: 'Lists paths. `path`: folder or pattern (* is any text, also /); "" for all.',
  args: z.object({ path: z.string().default("") }),
  use: async (args, workbench) => {
    const found = workbench.files.paths().filter((one) => matchesPath(one, args.path));
    if (found.length === 0) return failure('No path matches. Call list_files with "" to see all.');
    return listed("paths", found, workbench, (left) => `${left} more paths: name a folder to see them.`);
  },
});

export const readFile = defineTool({
  name: "read_file",
  description:
    "Reads a text file with line numbers. `end_line` 0: to the end. `start_column` above 1: on in a long line.",
  args: z.object({
    path: z.string().min(1),
    start_line: z.number().int().default(1),
    end_line: z.number().int().default(0),
    start_column: z.number().int().default(1),
  }),
  use: async (args, workbench) => {
    const path = meantByEnd(args.path, new Set(workbench.files.paths())) ?? args.path;
    const file = await workbench.files.read(path);
    if (file.kind === "missing") return failure(`There is no file ${JSON.stringify(path)}. ${near(path, workbench)}`);
    if (file.kind === "link")
      return failure(`${path} is a symbolic link to ${JSON.stringify(file.target)}: read that.`);
    if (file.kind === "binary") return failure(`${path} is binary (${file.sizeBytes} bytes) and cannot be shown.`);
    if (file.kind === "large")
      return failure(
        `${path} has ${(file.sizeBytes / 1e6).toFixed(1)} MB: too large to be shown. Look at a part with \`run\`.`,
      );
    return lines(path, linesOf(file.text), args, workbench);
  },
});

type Range = { readonly start_line: number; readonly end_line: number; readonly start_column: number };

function lines(path: string, all: readonly string[], range: Range, workbench: Workbench): ToolOutput {
  const first = Math.max(1, range.start_line);
  if (all.length === 0) return success(`${path} is empty.`);
  if (first > all.length) return failure(`${path} has ${all.length} lines.`);
  const last = range.end_line < 1 ? all.length : Math.max(first, range.end_line);
  const long = all[first - 1] ?? "";
  if (range.start_column > 1 || (last === first && long.length > LINE_CHARS_MAX))
    return columns(path, first, long, range.start_column, workbench);
  const shown = all.slice(first - 1, last).map((line, index) => `${first + index}\t${cut(line, first + index)}`);
  return listed(path, shown, workbench, (left) => {
    const next = first + shown.length - left;
    return `${left} of the lines asked for are not shown; read on with start_line ${next}. The file has ${all.length}.`;
  });
}

function cut(line: string, number: number): string {
  if (line.length <= LINE_CHARS_MAX) return line;
  return `${line.slice(0, LINE_CHARS_MAX)} [… ${line.length - LINE_CHARS_MAX} more characters: read_file with start_line ${number}, end_line ${number}, start_column ${LINE_CHARS_MAX + 1}]`;
}

/** A part of one long line, as much as a result holds. */
function columns(path: string, number: number, line: string, startColumn: number, workbench: Workbench): ToolOutput {
  const start = Math.max(1, startColumn);
  if (start > line.length) return failure(`Line ${number} of ${path} has ${line.length} characters.`);
  // A character takes at most three bytes for each of its UTF-16 units.
  const room = Math.max(1, Math.floor(workbench.resultBytesMax / 3) - 20);
  const part = line.slice(start - 1, start - 1 + room);
  const end = start - 1 + part.length;
  const rest = end < line.length ? `; read on with start_column ${end + 1}` : "";
  return listed(path, [`${number}\t${part}`], workbench, () => "", `Columns ${start}–${end} of ${line.length}${rest}.`);
}

/** Files of the same name that a model is told of: more would be a list of their own. */
const NEAR_SHOWN_MAX = 5;

/** Models often know a file's name but not its folder. */
function near(wanted: string, workbench: Workbench): string {
  const name = wanted.split("/").at(-1)?.toLowerCase() ?? "";
  const found = workbench.files.paths().filter((one) => one.toLowerCase().split("/").at(-1) === name);
  const quoted = found.slice(0, NEAR_SHOWN_MAX).map((one) => JSON.stringify(one));
  return found.length === 0 ? "Look for it with list_files." : `Did you mean ${quoted.join(" or ")}?`;
}
