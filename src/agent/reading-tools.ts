import { z } from "zod";
import { linesOf } from "../roles/citations.ts";
import { fencedText } from "../roles/fence.ts";
import { defineTool, type Desk, failure, success, type ToolOutput } from "./tool.ts";
import { matchesPath } from "./wildcard.ts";

/** More hits are not read; a narrower pattern is cheaper for everybody. */
const HITS_MAX = 80;
/** Minified files have lines of megabytes. */
const LINE_CHARS_MAX = 240;
/** Bounds one search over a repository of a hundred thousand files to a few seconds. */
const SEARCHED_FILES_MAX = 20_000;

const path = z.string().max(300);

export const listFiles = defineTool({
  name: "list_files",
  description:
    "Lists paths. `path`: a folder, or a pattern in which * stands for any characters, also /; null for all.",
  args: z.object({ path: path.nullable() }),
  use: async (args, desk) => {
    const found = desk.files.paths().filter((one) => matchesPath(one, args.path));
    if (found.length === 0) return failure("No path matches. Call list_files with null to see all.");
    return listed("paths", found, desk, (left) => `${left} more paths: name a folder to see them.`);
  },
});

export const search = defineTool({
  name: "search",
  description:
    "Finds lines that contain `pattern`, taken literally, case-sensitive. `path`: a folder or pattern as in list_files, or null. Gives path:line: text.",
  args: z.object({ pattern: z.string().min(1).max(200), path: path.nullable() }),
  use: async ({ pattern, path: within }, desk) => {
    const candidates = desk.files.paths().filter((one) => matchesPath(one, within));
    const hits: string[] = [];
    for (const one of candidates.slice(0, SEARCHED_FILES_MAX)) {
      if (hits.length > HITS_MAX) break;
      hits.push(...(await hitsIn(one, pattern, desk)));
    }
    if (hits.length === 0) return failure(`Nothing found in ${candidates.length} files. The pattern is literal text.`);
    const more = hits.length > HITS_MAX ? ["(there are more hits: narrow pattern or path)"] : [];
    return listed(
      "search",
      [...hits.slice(0, HITS_MAX), ...more],
      desk,
      (left) => `${left} more lines: narrow the search.`,
    );
  },
});

async function hitsIn(one: string, pattern: string, desk: Desk): Promise<string[]> {
  const file = await desk.files.read(one);
  if (file.kind !== "text" || !file.text.includes(pattern)) return [];
  return linesOf(file.text).flatMap((line, index) =>
    line.includes(pattern) ? [`${one}:${index + 1}: ${line.trim().slice(0, LINE_CHARS_MAX)}`] : [],
  );
}

export const readFile = defineTool({
  name: "read_file",
  description:
    "Reads a text file with line numbers. `start_line` and `end_line` count from 1; null for beginning and end.",
  args: z.object({
    path: path.min(1),
    start_line: z.number().int().min(1).nullable(),
    end_line: z.number().int().min(1).nullable(),
  }),
  use: async (args, desk) => {
    const file = await desk.files.read(args.path);
    if (file.kind === "missing")
      return failure(`There is no file ${JSON.stringify(args.path)}. ${near(args.path, desk)}`);
    if (file.kind === "binary") return failure(`${args.path} is binary (${file.sizeBytes} bytes) and cannot be shown.`);
    const lines = linesOf(file.text);
    const first = args.start_line ?? 1;
    if (lines.length === 0) return success(`${args.path} is empty.`);
    if (first > lines.length) return failure(`${args.path} has ${lines.length} lines.`);
    const asked = lines.slice(first - 1, Math.max(first, args.end_line ?? lines.length));
    const shown = asked.map((line, index) => `${first + index}\t${line}`);
    return listed(args.path, shown, desk, (left) => {
      const next = first + shown.length - left;
      return `${left} of the lines asked for are not shown; read on with start_line ${next}. The file has ${lines.length}.`;
    });
  },
});

/** Models often know a file's name but not its folder. */
function near(wanted: string, desk: Desk): string {
  const name = wanted.split("/").at(-1)?.toLowerCase() ?? "";
  const found = desk.files.paths().filter((one) => one.toLowerCase().split("/").at(-1) === name);
  const quoted = found.slice(0, 5).map((one) => JSON.stringify(one));
  return found.length === 0 ? "Look for it with list_files." : `Did you mean ${quoted.join(" or ")}?`;
}

/** As many lines as the limit allows, in a fence; then, in our words, how to get at the rest. */
function listed(label: string, lines: readonly string[], desk: Desk, rest: (left: number) => string): ToolOutput {
  const shown: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (bytes + size > desk.resultBytesMax) break;
    shown.push(line);
    bytes += size;
  }
  const left = lines.length - shown.length;
  if (shown.length === 0) return failure(`One line alone is larger than the ${desk.resultBytesMax} bytes of a result.`);
  return success(fencedText(label, shown.join("\n")) + (left > 0 ? `\n${rest(left)}` : ""));
}
