import type { Entry } from "../../src/core/ledger/chain.ts";
import { PHASES } from "../../src/core/ticket/phase.ts";
import type { Stage } from "../support/scenario.ts";

/**
 * What has to hold at the end of every story, whatever happened in it. Each sentence is one invariant that was broken.
 */
export async function brokenIn(stage: Stage, issue: number): Promise<string[]> {
  const entries = await stage.entries(issue);
  return [
    ...doubled(stage),
    ...pulls(stage, entries),
    ...merges(stage, entries),
    ...(await ledger(stage, issue, entries)),
    ...(await liveness(stage, issue, entries)),
  ];
}

/** Comments, reviews and replies of the program carry a marker of what they are; each stands once. */
function doubled(stage: Stage): string[] {
  const threads = [...stage.repo.numbers("issue"), ...stage.repo.numbers("pull")];
  const reviews = stage.repo.numbers("pull").flatMap((pull) => stage.repo.pull(pull).reviews);
  const words = [...threads.flatMap((one) => stage.repo.thread(one).comments), ...reviews];
  const marks = words
    .filter(({ app }) => app !== null)
    .map(({ body }) => /coop:(?:ledger v\d+ \S+|status \S+|reply \S+|said \S+)/.exec(body)?.[0] ?? body);
  return marks.filter((mark, at) => marks.indexOf(mark) < at).map((mark) => `doubled: ${mark.slice(0, 120)}`);
}

function pulls(stage: Stage, entries: readonly Entry[]): string[] {
  const opened = entries.filter(({ kind }) => kind === "pull_request_opened").length;
  const standing = stage.repo.numbers("pull").length;
  return standing > Math.max(1, opened) ? [`${standing} pull requests stand, ${opened} were opened`] : [];
}

/** A merge by the program needs a person's approval and a proof, both of exactly the commit that was merged. */
function merges(stage: Stage, entries: readonly Entry[]): string[] {
  const merged = entries.find(({ kind }) => kind === "merged");
  const standing = stage.repo.numbers("pull").filter((pull) => stage.repo.pull(pull).mergedSha !== null);
  if (!merged) return standing.length > 0 ? ["a pull request is merged, and the ledger does not know"] : [];
  const head = stage.repo.pull(standing[0] ?? 0).headSha;
  const before = entries.slice(0, merged.seq - 1);
  const approval = before.findLast(({ kind }) => kind === "merge_approved");
  const proof = before.findLast(({ kind }) => kind === "proof_collected");
  const broken: string[] = [];
  if (!approval) broken.push("merged without an approval");
  if (!JSON.stringify(proof?.data ?? {}).includes(head)) broken.push(`merged ${head} without a proof of it`);
  if (approval && !JSON.stringify(approval.data).includes(head)) broken.push(`merged ${head}, approved was another`);
  return broken;
}

async function ledger(stage: Stage, issue: number, entries: readonly Entry[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const verified = await stage.verify(issue);
  const opened = entries.filter(({ kind }) => kind === "opened").length;
  return [
    ...(verified.outcome === "equal" ? [] : [`the copies of the ledger: ${JSON.stringify(verified).slice(0, 300)}`]),
    ...(opened === 1 ? [] : [`opened ${opened} times`]),
  ];
}

/** With nothing in its way any more a ticket comes to its end; people have said what they were asked. */
async function liveness(stage: Stage, issue: number, entries: readonly Entry[]): Promise<string[]> {
  if (entries.length === 0) return ["the label was never heard"];
  const phase = await stage.phase(issue);
  const { dead } = await stage.app().queue.depth();
  return [
    ...(PHASES[phase].turn === "nobody"
      ? []
      : [
          `stuck in ${phase} after ${JSON.stringify(entries.slice(-2).map(({ kind, data }) => [kind, data])).slice(0, 600)}`,
        ]),
    ...(dead > 0 ? [`${dead} jobs are dead`] : []),
  ];
}
