import { Command, InvalidArgumentError } from "commander";
import { EXIT } from "./exit.ts";

/** One of package.json's commands for developers: says what it takes, and ends with a usage error for what it does not. */
export function npmCommand(
  script: string,
  description: string,
  taking: (command: Command) => Command = (command) => command.allowExcessArguments(false),
): Command {
  return taking(new Command(script))
    .name(`npm run ${script} --`)
    .description(description)
    .helpOption("--help", "show this")
    .showHelpAfterError("Add --help to see what it takes.")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.ok : EXIT.usage));
}

/** A whole number above 0, as commander's parser of an option or an argument. */
export const wholeNumber = wholeNumberFrom(1);

export function wholeNumberFrom(least: number): (given: string) => number {
  return (given) => {
    const read = Number(given);
    if (given.trim() !== "" && Number.isSafeInteger(read) && read >= least) return read;
    throw new InvalidArgumentError(`It takes a whole number from ${least} on.`);
  };
}
