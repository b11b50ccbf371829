import type { Score } from "../audit/scorecard.ts";
import { cost, ROLE_TITLES } from "../messages/format.ts";
import { html } from "../web/html.ts";
import { type Bar, barChart, standalonePage } from "./bars.ts";

/** The scorecard as one page: the table, and a chart for each question that people ask of it. */
export function scorecardPage(
  { head, rows, legend }: { head: readonly string[]; rows: readonly (readonly string[])[]; legend: string },
  scores: readonly Score[],
): string {
  const chart = (title: string, of: (score: Score) => Omit<Bar, "label"> | null, full?: number) => {
    const bars = scores.flatMap((score) => {
      const bar = of(score);
      return bar ? [{ label: `${score.model}, ${ROLE_TITLES[score.role]}`, ...bar }] : [];
    });
    return bars.length === 0 ? html`` : barChart(title, bars, full);
  };
  return standalonePage("Scorecard", [
    html`<div class="wide">
      <table>
        <tr>
          ${head.map((one) => html`<th>${one}</th>`)}
        </tr>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((one) => html`<td>${one}</td>`)}
            </tr>`,
        )}
      </table>
    </div>`,
    rows.length === 0 ? html`<p>No model has worked on a ticket yet.</p>` : html`<p>${legend}</p>`,
    chart("Cost", (score) => ({ value: score.spend.costMicroUsd, words: cost(score.spend), tone: "one" })),
    chart(
      "Share of the blockers found that were confirmed",
      ({ role, blockers }) =>
        role === "reviewer" || role === "adversary" ? share(blockers.confirmed, blockers.found, "one") : null,
      1,
    ),
    chart(
      "Share of the tickets that were proven without a fix round",
      ({ role, tickets, firstPass }) => (role === "implementer" ? share(firstPass, tickets, "one") : null),
      1,
    ),
    chart(
      "Share of the merged changes that were touched again within two weeks",
      ({ role, merged, touchedAgain }) => (role === "implementer" ? share(touchedAgain, merged, "bad") : null),
      1,
    ),
    chart(
      "Share of the merged changes that were reverted, reopened, or changed again by people",
      ({ role, merged, reopened, touchedByPeople, reverted }) =>
        role === "implementer" ? share(Math.min(merged, reopened + touchedByPeople + reverted), merged, "bad") : null,
      1,
    ),
    chart(
      "Median seconds of an answered call",
      ({ latencyMs }) =>
        latencyMs && { value: latencyMs.median, words: `${(latencyMs.median / 1000).toFixed(1)} s`, tone: "one" },
    ),
  ]);
}

/** Of nothing there is no share. */
function share(part: number, whole: number, tone: Bar["tone"]): Omit<Bar, "label"> | null {
  return whole === 0 ? null : { value: part / whole, words: `${part} of ${whole}`, tone };
}
