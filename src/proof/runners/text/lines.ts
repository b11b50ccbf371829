import { stripVTControlCharacters } from "node:util";

/**
 * Cuts a stream of bytes into lines as a person sees them: without colours, and of what a progress bar has overwritten
 * only the last state. Nothing but the line under way is held.
 */
export type LineCutter = { add(chunk: Buffer): void; end(): void };

/** A report on one line may be as long; what is beyond is dropped. */
const LINE_CHARS_MAX = 8_000_000;

export function cutLines(onLine: (line: string) => void): LineCutter {
  const decoder = new TextDecoder();
  let open: string[] = [];
  let openChars = 0;
  const keep = (text: string) => {
    if (openChars < LINE_CHARS_MAX) open.push(text.slice(0, LINE_CHARS_MAX - openChars));
    openChars += text.length;
  };
  const flush = () => {
    onLine(plain(open.join("")));
    open = [];
    openChars = 0;
  };
  const take = (text: string) => {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      keep(text.slice(from, at));
      flush();
      from = at + 1;
    }
    if (from < text.length) keep(text.slice(from));
  };
  return {
    add: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode());
      if (openChars > 0) flush();
    },
  };
}

/** What CI services put before every line. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /;

/** Folds lines in the log of GitHub Actions; what stands behind it is a runner's own line. */
const FOLDS = /^(?:::group::|##\[group\])|^(?:::endgroup::|##\[endgroup\])$/;

/** A time that Buildkite's agent hides in a command to the terminal. */
const HIDDEN = /\u001b_[^\u0007\u001b]{0,200}\u0007/g;

function plain(line: string): string {
  const text = stripVTControlCharacters((line.endsWith("\r") ? line.slice(0, -1) : line).replace(HIDDEN, ""));
  const shown = text.slice(text.lastIndexOf("\r") + 1);
  return (shown === "" ? text : shown)
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, "")
    .replace(TIMESTAMP, "")
    .replace(FOLDS, "")
    .trimEnd();
}
