import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Ended, EXIT } from "./exit.ts";
import { pathTrouble } from "../path-trouble.ts";

/** @param file `-`: standard input @throws Ended with a sentence for whoever named it */
export async function textOf(file: string): Promise<string> {
  try {
    // A pipe is read as a stream: the file /dev/stdin cannot be opened where a program hands its text over by a socket.
    return file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    throw new Ended(EXIT.usage, `${file} cannot be read (${pathTrouble(error)}). Name a file that exists.`);
  }
}
