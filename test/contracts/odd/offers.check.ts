import { POOL } from "../../support/scenario.ts";
import { says, words } from "../../support/stories.ts";
import type { WireName } from "./encode.ts";
import { type OddTicket, ROLES, type Walked, walked } from "./ticket.ts";

type Halted = Walked & {
  readonly next: readonly string[];
  /** All that stands in the threads. */
  readonly told: string;
};

export async function halted(odd: OddTicket, wire: WireName): Promise<Halted> {
  const there = await walked([odd], wire, "streamed");
  const halt = (await there.stage.ticket(there.issue)).halt;
  if (!halt) throw new Error(`It went on to ${await there.stage.phase(there.issue)}.`);
  const told = [there.issue, ...there.stage.repo.numbers("pull")].map((number) => words(there.stage, number));
  return { ...there, next: halt.next, told: told.join("\n\n") };
}

/** The commands between backticks, in the order in which they are offered. */
export function offered(next: readonly string[]): string[] {
  return next
    .flatMap((line) => [...line.matchAll(/`(\/coop [^`]+)`/g)].map(([, command = ""]) => command))
    .filter((one, index, all) => all.indexOf(one) === index);
}

/** @returns what went wrong; nothing when it helped */
export async function tried(offer: string, odd: OddTicket, there: Walked): Promise<string[]> {
  const { stage, issue, provider, pass } = there;
  const say = (words: string) => says(stage, "mona", issue, words);
  const wanted = offer === "/coop stop" ? "stopped" : "ready";
  const role = ROLES[odd.to];
  if (offer.startsWith("/coop assign")) {
    // Nobody reviews what they wrote.
    const { assignment } = await stage.ticket(issue);
    const busy = [assignment?.[role]?.model, assignment?.implementer.model];
    const other = POOL.find(({ name }) => !busy.includes(name))?.name ?? "";
    provider.mend(other);
    await say(offer.replace("<role>=<model>", `${role}=${other}`));
    await say("/coop retry");
  } else {
    provider.mend();
    await say(offer.replace(/<[^>]+>/g, "do it as planned"));
  }
  await pass();
  const phase = await stage.phase(issue);
  const replies = (await stage.entries(issue)).flatMap((one) => (one.kind === "commanded" ? [one.data.reply] : []));
  const paid = await stage.app().world.journal.paidOn((await stage.ticket(issue)).key);
  const { spend } = await stage.ticket(issue);
  const same = JSON.stringify(spend) === JSON.stringify(paid);
  return phase === wanted && same
    ? []
    : [
        `${offer}: ${phase} ${JSON.stringify([spend, paid])} ${replies.join(" | ")} ${(await stage.ticket(issue)).halt?.sentence}`,
      ];
}
