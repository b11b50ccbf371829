import type { Client } from "./client.ts";
import { ask } from "./wire.ts";

/** What a red check run says about the code, for whoever has to mend it. */
export type RedRun = {
  readonly id: number;
  readonly output?: {
    readonly summary?: string | null;
    readonly text?: string | null;
    readonly annotations_count?: number;
  };
};

/** Where a check says more, the rest repeats it. */
const LINES_MAX = 14;
const LINE_CHARS_MAX = 300;
const ANNOTATIONS_MAX = 10;

/** Summary and text line by line, then annotations as `path:line level: message`. What cannot be read is left out. */
export async function redWords({ rest, at }: Client, { id, output }: RedRun): Promise<string[]> {
  const said = [output?.summary, output?.text].flatMap((text) => (text ?? "").split("\n"));
  const lines = said.map((line) => line.trim().slice(0, LINE_CHARS_MAX)).filter((line) => /\w/.test(line));
  if (!output?.annotations_count) return lines.slice(0, LINES_MAX);
  const where = { ...at, check_run_id: id, per_page: ANNOTATIONS_MAX };
  const answer = await ask("reading a check's annotations", rest.rest.checks.listAnnotations(where));
  const marked = answer.ok ? answer.data : [];
  const notes = marked.map(({ path, start_line, annotation_level, message }) => {
    const text = `${path}:${start_line} ${annotation_level ?? "notice"}: ${message ?? ""}`;
    return text.replace(/\s+/g, " ").slice(0, LINE_CHARS_MAX);
  });
  return [...lines.slice(0, LINES_MAX), ...notes];
}
