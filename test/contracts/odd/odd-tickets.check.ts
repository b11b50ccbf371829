import { STEP_ROLES } from "../../../src/core/ledger/records.ts";
import type { WireName } from "./encode.ts";
import { type OddTicket, walked } from "./ticket.ts";

/** What went wrong; nothing when the ticket came to its end as it should. */
export async function failuresOf(
  odds: readonly OddTicket[],
  wire: WireName,
  how: "whole" | "streamed",
): Promise<string[]> {
  const { stage, issue, provider } = await walked(odds, wire, how);
  const { seen } = provider;
  const ticket = await stage.ticket(issue);
  const journal = await stage.app().world.journal.paidOn(ticket.key);
  const failures = (await stage.entries(issue)).flatMap((one) => (one.kind === "step_failed" ? [one.data] : []));
  const anew = failures.flatMap(({ reason, step }) => (reason === "model-unusable" ? [STEP_ROLES[step]] : []));
  const repeated = seen.repeated.filter((one) => !anew.some((role) => role && one.includes(` ${role} `)));
  const cost = ticket.spend.costMicroUsd ?? 0;
  const wrong = {
    [`ended ${await stage.phase(issue)}: ${failures.map((one) => one.sentence).join(" ")} ${ticket.halt?.sentence}`]:
      (await stage.phase(issue)) !== "ready",
    [`sent back what is refused: ${seen.poison.join(" ")}`]: seen.poison.length > 0,
    ["was never said as a whole"]: seen.unsaid() > 0,
    [`paid twice: ${repeated.join(", ")}`]: repeated.length > 0,
    [`the ledger says ${JSON.stringify(ticket.spend)}, the journal ${JSON.stringify(journal)}`]:
      JSON.stringify(ticket.spend) !== JSON.stringify(journal),
    [`cost ${cost} of ${seen.billed}`]: cost < seen.billed || (cost > seen.billed && !odds.some(isPaid)),
  };
  return Object.entries(wrong).flatMap(([what, is]) =>
    is ? [`${how} ${odds.map(({ name }) => name).join(" and ")}: ${what}`] : [],
  );
}

/** Whether any of its answers may have cost something. */
function isPaid({ answers }: OddTicket): boolean {
  return answers.some((one) => !("http" in one) || one.status < 400);
}
