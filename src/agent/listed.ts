import { seen } from "../hygiene/seen.ts";
import { fencedText } from "../roles/fence.ts";
import { type Workbench, failure, success, type ToolOutput } from "./tool.ts";

/** As many lines as the limit allows, in a fence; then, in our words, how to get at the rest. */
export function listed(
  label: string,
  lines: readonly string[],
  workbench: Pick<Workbench, "resultBytesMax">,
  rest: (left: number) => string,
  note = "",
): ToolOutput {
  const shown: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (bytes + size > workbench.resultBytesMax) break;
    shown.push(line);
    bytes += size;
  }
  const left = lines.length - shown.length;
  if (shown.length === 0)
    return failure(
      `There is room for ${workbench.resultBytesMax} bytes only, which not one line fits: ask for less, or bring the work to an end.`,
    );
  return success(
    [
      fencedText(seen(label, "line"), seen(shown.join("\n"), "code")),
      ...(left > 0 ? [rest(left)] : []),
      ...(note ? [note] : []),
    ].join("\n"),
  );
}
