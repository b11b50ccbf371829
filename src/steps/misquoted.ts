import type { Remark } from "../core/finding.ts";
import type { Blobs, Snapshot } from "../core/tree.ts";

/** How far off a cited line may be: models count badly, and the quote says which line is meant. */
const LINE_SLACK = 5;

/**
 * Which remarks cite a place that does not exist at this commit, by index. A remark without a place is not among them.
 * What a model claims to have read is checked against the files; what cannot be found cannot block (SECURITY 20).
 */
export async function misquoted(blobs: Blobs, head: Snapshot, remarks: readonly Remark[]): Promise<Set<number>> {
  const wrong = new Set<number>();
  for (const [index, remark] of remarks.entries()) {
    if (remark.path !== null && !(await stands(blobs, head, remark.path, remark))) wrong.add(index);
  }
  return wrong;
}

async function stands(blobs: Blobs, head: Snapshot, path: string, remark: Remark): Promise<boolean> {
  const file = head.tree.get(path);
  const content = file && (await blobs.get(file.sha));
  if (!content) return false;
  const lines = content.toString("utf8").split("\n");
  if (remark.line !== null && remark.line > lines.length) return false;
  if (!remark.quote?.trim()) return true;
  const wanted = fold(remark.quote.split("\n")[0] ?? "");
  const near =
    remark.line === null ? lines : lines.slice(Math.max(0, remark.line - 1 - LINE_SLACK), remark.line + LINE_SLACK);
  return near.some((line) => fold(line).includes(wanted));
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
