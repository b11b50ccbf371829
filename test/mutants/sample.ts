import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { type Mutant, mutantsOf } from "../../src/proof/languages/mutants.ts";
import { openSyntax } from "../../src/proof/languages/parser.ts";
import type { FileDiff } from "../../src/trees/diff.ts";

/** Where a change that no test notices costs a merge. */
export const ROOMS = ["src/core", "src/flow", "src/forge", "src/proof"] as const;

export type Sampled = { readonly room: string; readonly mutant: Mutant };

/**
 * Mutants of the rooms' sources, made by the proof's own rules. Each room gives its share of the lines; the same seed and
 * the same sources give the same sample.
 *
 * @param among only files whose path begins so
 */
export async function sample(root: string, seed: number, count: number, among: readonly string[]): Promise<Sampled[]> {
  const syntax = openSyntax();
  const found: Sampled[] = [];
  try {
    for (const path of globSync(
      ROOMS.map((room) => `${room}/**/*.ts`),
      { cwd: root },
    ).sort()) {
      if (path.endsWith(".test.ts") || !among.some((one) => path.startsWith(one))) continue;
      const room = ROOMS.find((one) => path.startsWith(`${one}/`)) ?? "";
      const file = asNew(path, readFileSync(`${root}/${path}`, "utf8"));
      const mutants = mutantsOf(file, await syntax.parse(path, file.after), new Set());
      found.push(...mutants.map((mutant) => ({ room, mutant })));
    }
  } finally {
    await syntax.close();
  }
  return found
    .map((one) => ({ one, rank: rankOf(seed, one.mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ one }) => one);
}

function rankOf(seed: number, mutant: Mutant): string {
  return createHash("sha256").update(`${seed} ${mutant.path}\n${mutant.text()}`).digest("hex");
}

/** A file of which every line is new, so that every line may be changed. */
function asNew(path: string, after: string): FileDiff {
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const modes = { modeBefore: null, modeAfter: "100644" } as const;
  const counts = { added: addedLines.length, removed: 0 };
  return { path, action: "create", ...modes, kind: "text", before: "", after, ...counts, addedLines, hunks: [] };
}
