import { pathTrouble } from "../path-trouble.ts";
import { EXIT } from "./exit.ts";

/**
 * What happens when nobody takes what is printed: `… | head` closes the pipe, which is an end like any other; a disk that is full
 * is none, and is said.
 * @param closed the exit code for a pipe that was closed
 */
export function endWhenUnread(closed: number): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(closed);
    process.stderr.write(
      `What is printed here goes to a file that cannot be written (${pathTrouble(error)}). Mend that, then run this again.\n`,
    );
    process.exit(EXIT.unavailable);
  });
}
