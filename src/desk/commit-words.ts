import { type GitAt, gitBytes } from "../workspace/git-process.ts";
import { TICKET_CHARS_MAX, TITLE_CHARS_MAX } from "./ticket-file.ts";

/** Enough to say what a change is for. */
const MESSAGES_MAX = 50;

/** What the commits between two say, as a ticket: the last one's first line, and all of their messages. */
export async function wordsOf(git: GitAt, base: string, head: string): Promise<{ title: string; body: string }> {
  const log = await gitBytes(git, [
    "log",
    "--no-color",
    "--format=%s%n%n%b",
    `--max-count=${MESSAGES_MAX}`,
    head,
    `^${base}`,
  ]);
  const body = log.toString("utf8").trim().slice(0, TICKET_CHARS_MAX);
  return { title: (body.split("\n")[0] ?? "").slice(0, TITLE_CHARS_MAX) || "A change", body };
}
