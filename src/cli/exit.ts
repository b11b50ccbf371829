/** How a command can end. 64 and above are those of sysexits.h. */
export const EXIT = {
  ok: 0,
  /** What was looked for is wrong: copies differ, a decision cannot be explained, a check of the doctor failed. */
  different: 1,
  usage: 2,
  /** A person has to say something; the command that goes on was printed. */
  person: 3,
  /** Could not tell: GitHub or the database is away. */
  unavailable: 69,
  /** A fault of this program. */
  fault: 70,
  config: 78,
  /** As shells say it of a program that Ctrl-C ended. */
  interrupted: 130,
  /** Nobody reads any more what is said. As shells say it of a program that such a pipe ended. */
  pipeClosed: 141,
} as const;

/** Ends a command with a sentence for the person at the terminal. */
export class Ended extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, sentence: string) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
