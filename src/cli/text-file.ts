import { readFile } from "node:fs/promises";
import { Ended, EXIT } from "./exit.ts";
import { pathTrouble } from "../path-trouble.ts";

/** @param file `-`: standard input @throws Ended with a sentence for whoever named it */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file === "-" ? "/dev/stdin" : file, "utf8");
  } catch (error) {
    throw new Ended(EXIT.usage, `${file} cannot be read (${pathTrouble(error)}). Name a file that exists.`);
  }
}
