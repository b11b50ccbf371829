import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { type Mutant, mutantsOf } from "../../src/proof/languages/mutants/mutants.ts";
import { openSyntax } from "../../src/proof/languages/syntax/parser.ts";
import type { FileDiff } from "../../src/trees/diff.ts";

/** Where a change that no test notices costs a merge, by room: where its sources stand. */
export const ROOMS = {
  core: ["src/core"],
  flow: ["src/flow"],
  forge: ["src/forge", "src/github"],
  proof: ["src/proof"],
} as const;
export type RoomName = keyof typeof ROOMS;
export const FOLDERS = Object.values(ROOMS).flat();

export type Sampled = {
  readonly room: RoomName;
  readonly mutant: Mutant;
  /** The first character that differs, in characters from the beginning of the file. */
  readonly offset: number;
  /** The same for the same file and the same change. */
  readonly id: string;
};

/**
 * Mutants of the rooms' sources, made by the proof's own rules, as many from each room. The same seed and the same sources
 * give the same sample.
 *
 * @param count of all rooms together
 * @param among only files whose path begins so
 */
export async function sample(root: string, seed: number, count: number, among: readonly string[]): Promise<Sampled[]> {
  const rooms = await Promise.all(
    (Object.keys(ROOMS) as RoomName[]).map(async (room) => ranked(seed, await mutantsIn(root, room, among))),
  );
  const filled = rooms.filter((one) => one.length > 0);
  const turns = Array.from({ length: count }, (_, turn) => filled.flatMap((one) => one.slice(turn, turn + 1)));
  return turns.flat().slice(0, count);
}

async function mutantsIn(root: string, room: RoomName, among: readonly string[]): Promise<Sampled[]> {
  const syntax = openSyntax();
  const found = new Map<string, Sampled>();
  try {
    for (const path of globSync(
      ROOMS[room].map((folder) => `${folder}/**/*.ts`),
      { cwd: root },
    ).sort()) {
      if (/\.(test|fixture)\.ts$/.test(path) || !among.some((one) => path.startsWith(one))) continue;
      const file = asNew(path, readFileSync(`${root}/${path}`, "utf8"));
      for (const mutant of mutantsOf(file, await syntax.parse(path, file.after), new Set())) {
        // The proof asks these only where it suspects a test. They say no more than an emptied function, and nothing of one without an answer.
        if (mutant.guess) continue;
        const text = mutant.text();
        if (isSame(text, file.after)) continue;
        let offset = 0;
        while (offset < text.length && file.after[offset] === text[offset]) offset += 1;
        const id = createHash("sha256").update(`${path}\n${text}`).digest("hex");
        found.set(id, { room, mutant, offset, id });
      }
    }
  } finally {
    await syntax.close();
  }
  return [...found.values()];
}

/** `() => undefined` that does nothing: only what the compiler wants beside it differs. */
function isSame(text: string, before: string): boolean {
  return text.replace(/\((\w+) as never\)/, "$1") === before;
}

function ranked(seed: number, all: readonly Sampled[]): Sampled[] {
  const rank = ({ id }: Sampled) => createHash("sha256").update(`${seed} ${id}`).digest("hex");
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ one }) => one);
}

/** A file of which every line is new, so that every line may be changed. */
function asNew(path: string, after: string): FileDiff {
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const modes = { modeBefore: null, modeAfter: "100644" } as const;
  const counts = { added: addedLines.length, removed: 0 };
  return { path, action: "create", ...modes, kind: "text", before: "", after, ...counts, addedLines, hunks: [] };
}
