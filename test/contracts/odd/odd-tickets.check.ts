import type { WireName } from "./encode.ts";
import { type OddTicket, walked } from "./ticket.ts";

/** What went wrong; nothing when the ticket came to its end as it should. */
export async function failuresOf(odd: OddTicket, wire: WireName, how: "whole" | "streamed"): Promise<string[]> {
  const { stage, issue, provider } = await walked(odd, wire, how);
  const { seen } = provider;
  const ticket = await stage.ticket(issue);
  const journal = await stage.app().world.journal.paidOn(ticket.key);
  const failures = (await stage.entries(issue)).flatMap((one) => (one.kind === "step_failed" ? [one.data] : []));
  const again = failures.some((one) => one.reason === "model-unusable");
  const cost = ticket.spend.costMicroUsd ?? 0;
  const wrong = {
    [`ended ${await stage.phase(issue)}: ${failures.map((one) => one.sentence).join(" ")} ${ticket.halt?.sentence}`]:
      (await stage.phase(issue)) !== "ready",
    [`sent back what is refused: ${seen.poison.join(" ")}`]: seen.poison.length > 0,
    [`paid twice: ${seen.repeated.join(", ")}`]: seen.repeated.length > 0 && !again,
    [`the ledger says ${JSON.stringify(ticket.spend)}, the journal ${JSON.stringify(journal)}`]:
      JSON.stringify(ticket.spend) !== JSON.stringify(journal),
    [`cost ${cost} of ${seen.billed}`]:
      cost < seen.billed || (cost > seen.billed && odd.answers.every((one) => "http" in one && one.status >= 400)),
  };
  return Object.entries(wrong).flatMap(([what, is]) => (is ? [`${how} ${odd.name}: ${what}`] : []));
}
