import type { TicketKey } from "../core/ledger/ids.ts";
import { code, inline } from "./escape.ts";
import { paragraphs, utc } from "./format.ts";

/** A ticket whose job failed so often that the queue has put it aside. `why` is the last error, empty where readers may not see it. */
export type Stuck = {
  readonly ticket: TicketKey;
  readonly lane: "work" | "hearing" | "guard";
  readonly why: string;
  readonly at: Date;
};

/** What failed, by the lane in which it did. */
const FAILED: Readonly<Record<Stuck["lane"], string>> = {
  work: "its work",
  hearing: "hearing what people said there",
  guard: "the proof of this pull request",
};

/** `acme/shop#12`: its work failed at 2026-03-02 10:00 UTC (TypeError: …) */
export function stuckLine({ ticket, lane, why, at }: Stuck): string {
  return `${ticket}: ${FAILED[lane]} failed at ${utc(at)} (${why || "the log says why"})`;
}

/** To the people in a thread, who cannot look into the server. @param tries how often it failed in a row */
export function stuckInThread(key: TicketKey, tries: number): string {
  return paragraphs(
    `**This ticket is stuck.** It failed ${tries} times in a row inside the server. Nothing of it is lost.`,
    "I try it again with each sweep of the server, every few minutes. `/coop retry` makes me try it now.",
    `If it stays stuck: \`coop doctor --app\` on the server names the error, and ${code(`coop revive ${key}`)} tries again from there.`,
  );
}

/** To whoever looks at a ticket's page. */
export function stuckOnPage({ ticket, lane, why, at }: Stuck): string {
  const error = why ? `The last error: ${inline(why)}` : "The server's log says why.";
  const helps = `When the cause is mended, ${code(`coop revive ${ticket}`)} on the server tries again at once`;
  const asks = lane === "guard" ? "." : ", and so does `/coop retry` in the thread.";
  return `**Stuck since ${utc(at)}:** ${FAILED[lane]} failed too often. ${error} ${helps}${asks}`;
}
