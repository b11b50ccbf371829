import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import type { Commit } from "../audit/outcome.ts";
import { gitBytes } from "../workspace/git-process.ts";
import { Ended, EXIT } from "./exit.ts";

/** A busy repository's history of years; older commits say nothing about tickets of today. */
const COMMITS_MAX = 50_000;

/** The commits of what a clone has checked out, newest first, with the files that each changed. @throws Ended for a folder without git */
export async function historyOf(folder: string, searchPath: string): Promise<Commit[]> {
  // Messages are other people's text: nobody can write these marks into one.
  const [begin, end] = [randomUUID(), randomUUID()];
  const form = `--format=${begin}%H%n%P%n%ct%n%an%n%B${end}`;
  const args = ["-c", "core.quotePath=false", "log", "--no-color", "--name-only", `--max-count=${COMMITS_MAX}`, form];
  // Git is started elsewhere: `.` is where the command was given.
  const at = { folder: resolve(folder), searchPath, temporary: tmpdir() };
  const log = await gitBytes(at, args).catch((error: unknown) => {
    const why = (error instanceof Error ? error.message : String(error)).replace(/^git -c: /, "");
    throw new Ended(
      EXIT.usage,
      `--history ${folder}: the history cannot be read (${why}). Name a clone of the repository.`,
    );
  });
  return log
    .toString("utf8")
    .split(begin)
    .slice(1)
    .map((text) => commitOf(text, end));
}

function commitOf(text: string, end: string): Commit {
  const [head = "", names = ""] = text.split(end);
  const [sha = "", parents = "", seconds = "0", author = "", ...message] = head.split("\n");
  const files = names.split("\n").filter((line) => line !== "");
  return {
    ...{ sha, parents: parents.split(" ").filter((one) => one !== ""), atMs: Number(seconds) * 1000 },
    ...{ author, message: message.join("\n"), files },
  };
}
