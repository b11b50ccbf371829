import type { Score } from "../audit/scorecard.ts";
import { cost, ROLE_TITLES } from "../messages/format.ts";
import { html } from "../web/html.ts";
import { type Bar, barChart, standalonePage } from "./bars.ts";

/** The scorecard as one page: the table, and a chart for each question that people ask of it. */
export function scorecardPage(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  scores: readonly Score[],
): string {
  const chart = (title: string, of: (score: Score) => Omit<Bar, "label"> | null) => {
    const bars = scores.flatMap((score) => {
      const bar = of(score);
      return bar ? [{ label: `${score.model}, ${ROLE_TITLES[score.role]}`, ...bar }] : [];
    });
    return bars.length === 0 ? html`` : barChart(title, bars);
  };
  return standalonePage("Scorecard", [
    html`<table>
      <tr>
        ${head.map((one) => html`<th align="left">${one}</th>`)}
      </tr>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((one) => html`<td>${one}</td>`)}
          </tr>`,
      )}
    </table>`,
    chart("Cost", (score) => ({ value: score.spend.costMicroUsd, words: cost(score.spend), tone: "one" })),
    chart("Blockers confirmed, of those found", ({ role, blockers }) =>
      role === "reviewer" || role === "adversary"
        ? { value: blockers.confirmed, words: `${blockers.confirmed} of ${blockers.found}`, tone: "one" }
        : null,
    ),
    chart("Tickets proven without a fix round", ({ role, tickets, firstPass }) =>
      role === "implementer" ? { value: firstPass, words: `${firstPass} of ${tickets}`, tone: "one" } : null,
    ),
    chart("Merged changes touched again within two weeks", ({ role, merged, touchedAgain }) =>
      role === "implementer" ? { value: touchedAgain, words: `${touchedAgain} of ${merged}`, tone: "bad" } : null,
    ),
    chart(
      "Merged changes that were reverted, reopened, or changed again by people",
      ({ role, merged, reopened, touchedByPeople, reverted }) => {
        const value = reopened + touchedByPeople + reverted;
        return role === "implementer" ? { value, words: `${value} of ${merged}`, tone: "bad" } : null;
      },
    ),
    chart(
      "Seconds of an answered call, in the middle",
      ({ latencyMs }) =>
        latencyMs && { value: latencyMs.median, words: `${(latencyMs.median / 1000).toFixed(1)} s`, tone: "one" },
    ),
  ]);
}
