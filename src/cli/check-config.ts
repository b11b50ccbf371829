import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { z } from "zod";
import { environment } from "../config.ts";
import { serverSchema } from "../server-file.ts";
import { policySchema } from "../core/rules/policy.ts";
import { POLICY_BYTES_MAX, POLICY_PATHS } from "../steps/policy-file.ts";
import { readYaml } from "../steps/yaml-problems.ts";
import { number } from "../messages/format.ts";
import { Ended, EXIT } from "./exit.ts";
import { pathTrouble } from "../path-trouble.ts";
import { plain, print } from "./terminal.ts";

/** `coop check-config`: whether a policy or a server file is right, and where it is not. Needs no server and no key. */
export function checkConfigCommand(program: Command): void {
  program
    .command("check-config")
    .argument("[file]", `the file; without it ${POLICY_PATHS[0]} here`)
    .option("--server", "it is the server's file (COOP_CONFIG), not a repository's policy")
    .description("check a policy or a server file, and name each mistake by line and column")
    .addHelpText(
      "after",
      "\nExamples:\n  coop check-config                        .github/coop.yml here\n  coop check-config server.yml --server\n\nExit code: 0 it is right, 1 something is wrong, 2 it cannot be read.",
    )
    .action(run);
}

async function run(given: string | undefined, options: { readonly server?: true }): Promise<void> {
  const file = given ?? (options.server ? environment().COOP_CONFIG : POLICY_PATHS.find((path) => existsSync(path)));
  if (!file) throw new Ended(EXIT.usage, nothingHere(options.server === true));
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Ended(EXIT.usage, `${file} cannot be read (${pathTrouble(error)}). Name a file that exists.`);
  });
  const schema: z.ZodType = options.server ? serverSchema : policySchema;
  const bytes = Buffer.byteLength(text);
  if (!options.server && bytes > POLICY_BYTES_MAX) {
    print(
      `${plain(file)}:1:1: it has ${number(bytes)} bytes, and a policy may have at most ${number(POLICY_BYTES_MAX)}`,
    );
    process.exitCode = EXIT.different;
    return;
  }
  const reading = readYaml(text, schema);
  if (reading.outcome === "valid") return print(`${plain(file)} is right.`);
  for (const { line, column, problem } of reading.problems)
    print(`${plain(file)}:${line}:${column}: ${plain(problem)}`);
  process.exitCode = EXIT.different;
}

function nothingHere(server: boolean): string {
  return server
    ? "COOP_CONFIG is not set. Name the file: coop check-config --server server.yml."
    : `There is no ${POLICY_PATHS[0]} here, so the defaults apply. Name another file to check it.`;
}
