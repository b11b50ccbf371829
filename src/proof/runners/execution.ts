import type { Execution, ProofPorts, TestedInput } from "../evidence.ts";
import type { CommandRun } from "./command-run.ts";
import { lastLines, openTests } from "./suite.ts";
import type { Cannot } from "../../core/ticket/proof-fact-parts.ts";

/**
 * What a runner says when packages are missing that only a network could bring; the sandbox has none. A missing file of
 * the repository itself (`/workspace/…`, `./…`) is not meant.
 */
const PACKAGE_MISSING = [
  /Cannot find (?:module|package) '(?![./])/,
  /No module named ['"]?\w/,
  /: (?:command )?not found\s*$/m,
  /dial tcp: lookup |no required module provides package|cannot find module providing package/,
  // Gradle, whose wrapper fetches it first. One without Kotlin passes over a script in it.
  /^Task 'test' not found in root project '|UnknownHostException|No cached version .* available for offline mode|ClassNotFoundException: org\.gradle\.wrapper|Unable to access jarfile \S*gradle-wrapper\.jar/m,
  /failed to (?:get|download|fetch) `|Could not resolve host|Temporary failure in name resolution|EAI_AGAIN|ENETUNREACH/,
];

/**
 * Whether this repository's commands can be run here. Asked of the base commit, so that a change cannot talk its way out
 * of being run.
 */
export async function findExecution(input: TestedInput, ports: ProofPorts): Promise<Execution> {
  if (ports.sandbox.state === "none") return impossible({ code: "no-sandbox", facts: { why: ports.sandbox.why } });
  if (input.commands.length === 0) return impossible({ code: "no-command", facts: {} });
  const tests = openTests({
    ...{ sandbox: ports.sandbox.sandbox, blobs: ports.blobs, prepared: ports.prepared },
    ...{ commands: input.commands, base: input.base.tree },
  });
  // The head's runs begin at the same time; whoever asks for them later finds them under way.
  const onHead = Promise.all(input.commands.map((command) => tests.run(input.head.tree, command)));
  onHead.catch(() => undefined);
  const onBase = await Promise.all(input.commands.map((command) => tests.run(input.base.tree, command)));
  const lame = onBase.find(lacksPackages);
  if (!lame) {
    // `verification` asks for it in any case, and waits for it.
    tests.suite(input.head.tree, { variant: "without-ci" }).catch(() => undefined);
    return { state: "possible", tests };
  }
  await onHead;
  if (ports.unprepared) return impossible({ code: "unprepared", facts: { why: ports.unprepared } });
  const said = lastLines(lame.output, 40).find((line) => PACKAGE_MISSING.some((pattern) => pattern.test(line)));
  return impossible({ code: "packages-missing", facts: { command: lame.command, said: said ?? null } });
}

function lacksPackages(run: CommandRun): boolean {
  if (run.verdict === "no-answer") return true;
  return run.verdict === "failed" && !run.count?.passed && PACKAGE_MISSING.some((pattern) => pattern.test(run.output));
}

function impossible(because: Cannot): Execution {
  return { state: "impossible", because };
}
