import { readFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "../../src/cli/npm-command.ts";
import { CHECKOUT, copyOf } from "./copy.ts";
import { brokenText } from "./broken.ts";
import { heldFiles } from "./held-files.ts";

const [among] = npmCommand(
  "held",
  "Breaks each file of the flow and the steps, all its functions at once, in a copy of this checkout, and wants the scenario " +
    "that its first line names to go red, or never to end. Takes seconds a file, minutes where it makes the ticket wait. " +
    "Exit code 1: a scenario holds nothing.",
  (command) => command.argument("[paths...]", "only files whose path begins so", []),
).parse().processedArgs as [readonly string[]];
const USUAL_MS = 20_000;
const copy = copyOf(CHECKOUT);
process.once("exit", () => copy.remove());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

for (const { path, scenario } of heldFiles(CHECKOUT)) {
  if (among.length > 0 && !among.some((one) => path.startsWith(one))) continue;
  const broken = brokenText(path, readFileSync(join(CHECKOUT, path), "utf8"));
  if (broken === null) continue;
  const said = scenario === null ? "no scenario" : await playedBroken(path, scenario, broken);
  process.stdout.write(`${said.padEnd(12)} ${path}  ${scenario ?? ""}\n`);
  if (said === "green" || scenario === null) process.exitCode = 1;
}

async function playedBroken(path: string, scenario: string, broken: string): Promise<string> {
  return copy.changed(path, broken, async () => (await copy.play([scenario], () => USUAL_MS)).outcome);
}
