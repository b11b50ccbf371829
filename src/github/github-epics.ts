import type { Forge } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { pages } from "./pages.ts";
import { ask, must } from "./wire.ts";

export type EpicActs = Pick<Forge, "openIssue" | "attachChild" | "closeIssue">;

/** 100 a page, newest first, and only issues of ours since the epic was approved: a second page is rare already. */
const ISSUE_PAGES_MAX = 10;
/** GitHub's clock and ours may differ by so much. */
const CLOCKS_APART_MS = 10 * 60_000;

/** Issues of an epic's parts, and their place below the parent. */
export function epicActs({ rest, at, body, line, identity }: Client): EpicActs {
  return {
    async openIssue({ title, body: text, labels, marker, sinceIso }) {
      const { slug } = await identity();
      const since = new Date(Date.parse(sinceIso) - CLOCKS_APART_MS).toISOString();
      const mine = await pages("looking for the issue of a part", ISSUE_PAGES_MAX, (page) =>
        rest.rest.issues.listForRepo({ ...at, state: "all", creator: `${slug}[bot]`, since, ...page }),
      );
      const found = mine.find((one) => one.pull_request === undefined && (one.body ?? "").includes(marker));
      if (found) return { number: found.number, state: "found" };
      const request = rest.rest.issues.create({
        ...at,
        title: line(title),
        body: body(text),
        labels: labels.map((label) => line(label)),
      });
      const answer = await ask("opening the issue of a part", request);
      return answer.ok
        ? { number: answer.data.number, state: "opened" }
        : { state: "refused", reason: `${answer.reason} (${answer.status})` };
    },
    async attachChild(parent, child) {
      const issue = await must("reading the issue of a part", rest.rest.issues.get({ ...at, issue_number: child }));
      const request = rest.rest.issues.addSubIssue({ ...at, issue_number: parent, sub_issue_id: issue.id });
      const answer = await ask("putting a part below its parent", request);
      // Refused: not permitted, not known to an old server, or it stands below a parent already. The task list shows it anyway.
      return answer.ok || /duplicate/i.test(answer.reason) ? "attached" : "unsupported";
    },
    async closeIssue(number, as) {
      const change = { state: "closed", state_reason: as } as const;
      await must("closing the issue of an epic", rest.rest.issues.update({ ...at, issue_number: number, ...change }));
    },
  };
}
