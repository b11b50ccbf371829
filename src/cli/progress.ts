import type { WriteStream } from "node:tty";
import { styleText } from "node:util";
import { plain } from "./terminal.ts";

/**
 * Lines on a terminal, with a spinner below them while something runs. Colours and the spinner are for terminals that
 * want them: a pipe, or NO_COLOR, gets plain lines.
 */
export type Progress = {
  /** One thing that happened: when, who, what. */
  happened(who: string, what: string): void;
  /** Text as it is; may have several lines. */
  say(text?: string): void;
  /** For people: broken between words where a terminal would break it inside of them. A command stays whole; a pipe has no end. */
  fit(text: string): string;
  /** What runs now; null when nothing does. */
  running(what: string | null): void;
  readonly paint: Paint;
  /** Characters that fit on a line. */
  readonly columns: number;
};

export type Paint = (format: "bold" | "dim" | "green" | "red" | "yellow" | "cyan", text: string) => string;

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** Ten pictures a second look like movement. */
const FRAME_MS = 100;
/** Lines longer than this are hard to read, however wide the window. */
const COLUMNS_MAX = 120;
/** For pipes, and for terminals that do not know. */
const COLUMNS_OTHERWISE = 110;
/** In a window narrower than this, a text beside who says it would be a column of single words: it stands below. */
const COLUMNS_BESIDE = 60;
/** As wide as the longest role. */
const WHO_WIDTH = 11;

export function progress(stream: NodeJS.WriteStream & Partial<WriteStream>, began = performance.now()): Progress {
  const paint: Paint = (format, text) => styleText(format, text, { stream });
  const isLively = stream.isTTY === true && paint("bold", "x") !== "x";
  const columns = Math.min(stream.columns || COLUMNS_OTHERWISE, COLUMNS_MAX);
  let work: string | null = null;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(8);
  const erase = () => (work !== null ? "\r\x1b[2K" : "");
  const draw = () => {
    if (work === null) return;
    // The window may have become narrower meanwhile, and of a line that wraps only the last part could be erased.
    const text = `${seconds()}  ${FRAMES[frame++ % FRAMES.length]} ${work} …`.slice(
      0,
      Math.min(columns, stream.columns || columns) - 1,
    );
    stream.write(`${erase()}${paint("dim", text)}`);
  };
  const print = (text: string) => {
    stream.write(`${erase()}${text}\n`);
    draw();
  };
  return {
    happened: (who, what) => {
      const head = `${paint("dim", seconds())}  ${paint("cyan", plain(who).padEnd(WHO_WIDTH))}  `;
      print(beside(head, WHO_WIDTH + 12, what, columns).join("\n"));
    },
    say: (text = "") => print(text),
    fit: (text) => (stream.isTTY ? text.replace(/.+/g, (line) => fitted(line, columns)) : text),
    running: (what) => {
      if (!isLively) return;
      const before = erase();
      work = what;
      if (what === null) {
        clearInterval(timer);
        timer = undefined;
        stream.write(before);
        return;
      }
      timer ??= setInterval(draw, FRAME_MS).unref();
      draw();
    },
    paint,
    columns,
  };
}

/**
 * A text beside its head, its further lines below one another; in a narrow window all of it below the head.
 * @param headWidth characters that the head takes on a screen
 */
export function beside(head: string, headWidth: number, text: string, columns: number): string[] {
  if (columns < COLUMNS_BESIDE) return [head, ...wrapped(plain(text), columns - 2).map((line) => `  ${line}`)];
  const [first = "", ...more] = wrapped(plain(text), columns - headWidth);
  return [`${head}${first}`, ...more.map((line) => " ".repeat(headWidth) + line)];
}

/** The lines of a point, or of a question, stand below its first one. */
function fitted(line: string, width: number): string {
  if (line.length <= width) return line;
  const [head] = /^\s*(?:[·?-]\s+)?/.exec(line) ?? [""];
  const words = line.slice(head.length).match(/(?:`[^`]*`|\S)+/g) ?? [];
  return `${head}${filled(words, width - head.length).join(`\n${" ".repeat(head.length)}`)}`;
}

/** Broken at blanks; a word that is too long stays whole. */
export function wrapped(text: string, width: number): string[] {
  return filled(text.split(/\s+/), width);
}

function filled(words: readonly string[], width: number): string[] {
  const lines = [""];
  for (const word of words) {
    const last = lines.at(-1) ?? "";
    const longer = last === "" ? word : `${last} ${word}`;
    if (longer.length <= width || last === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
