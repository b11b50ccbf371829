import { createInterface } from "node:readline/promises";

/** Titles, names and texts of strangers must not move the cursor, colour the terminal or forge lines. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** One line of plain text. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(CONTROL, "");
}

/** Of a title in a line or a table; programs get all of it. */
const TITLE_CHARS_SHOWN = 80;

export function shortTitle(title: string): string {
  const all = [...plain(title)];
  return all.length > TITLE_CHARS_SHOWN ? `${all.slice(0, TITLE_CHARS_SHOWN - 1).join("")}…` : all.join("");
}

/** Side by side, two blanks apart, as many as a line holds; none is broken. */
export function inLines(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = lines.length > 0 ? `${lines.at(-1)}  ${piece}` : piece;
    if (lines.length === 0 || longer.length > width) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

export function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

export type Ends = {
  readonly input?: NodeJS.ReadableStream;
  readonly output?: NodeJS.WritableStream;
  /** What ends the run ends its questions, too. */
  readonly signal?: AbortSignal;
};

/** Asks whoever sits here. @returns null when the terminal was closed (Ctrl-D) or interrupted, or its input just ended */
export async function ask(
  prompt: string,
  { input = process.stdin, output = process.stdout, signal }: Ends = {},
): Promise<string | null> {
  // An input that ended before this question tells nobody of it again.
  if (!input.readable || signal?.aborted) return null;
  const lines = createInterface({ input, output });
  // In a terminal's line the interruption is a key, not yet a signal.
  lines.on("SIGINT", () => {
    lines.close();
    process.emit("SIGINT");
  });
  const close = () => lines.close();
  signal?.addEventListener("abort", close);
  try {
    const closed = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
    const answer = await Promise.race([lines.question(prompt), closed]);
    return answer?.trim() ?? null;
  } finally {
    signal?.removeEventListener("abort", close);
    lines.close();
  }
}
