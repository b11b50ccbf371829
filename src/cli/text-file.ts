import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { unmarked } from "../byte-order-mark.ts";
import { Ended, EXIT } from "./exit.ts";
import { pathTrouble } from "../path-trouble.ts";

/** @param file `-`: standard input @throws Ended with a sentence for whoever named it */
export async function textOf(file: string): Promise<string> {
  try {
    // A pipe is read as a stream: the file /dev/stdin cannot be opened where a program hands its text over by a socket.
    return unmarked(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
  } catch (error) {
    throw unread(file, error);
  }
}

/** A file's lines, one after the other: a list of any length is never held whole. Only `\n` ends a line, as JSON lines have it. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = file === "-" ? process.stdin.setEncoding("utf8") : createReadStream(file, "utf8");
  let rest = "";
  let isFirst = true;
  try {
    for await (const read of stream as AsyncIterable<string>) {
      const chunk = isFirst ? unmarked(read) : read;
      isFirst = false;
      const end = chunk.lastIndexOf("\n");
      if (end >= 0) yield* (rest + chunk.slice(0, end)).split("\n");
      rest = end >= 0 ? chunk.slice(end + 1) : rest + chunk;
    }
  } catch (error) {
    throw unread(file, error);
  }
  yield rest;
}

function unread(file: string, error: unknown): Ended {
  return new Ended(EXIT.usage, `${file} cannot be read (${pathTrouble(error)}). Name a file that exists.`);
}
