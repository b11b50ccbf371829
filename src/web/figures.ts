import { ROLES } from "../core/ledger/ids.ts";
import { cost, count, dollars, number, ROLE_TITLES } from "../messages/format.ts";
import type { SpentOnDay } from "../store/journal-store.ts";
import { html, type Html } from "./html.ts";
import { layout } from "./layout.ts";
import { bars, stackedColumns, type Stack } from "./plots.ts";
import type { Row } from "./tables.ts";

/** What a model delivered in a role. Blockers: of a reviewer those it found, of an Implementer those found in its work. */
export type Scored = {
  readonly model: string;
  readonly role: string;
  readonly tickets: number;
  readonly rounds: number;
  readonly failures: number;
  readonly blockersFound: number;
  readonly blockersConfirmed: number;
  readonly blockersWithdrawn: number;
  readonly plansAccepted: number;
  readonly provenAtOnce: number;
  readonly merged: number;
  readonly touchedAgain: number;
  readonly reopened: number;
  readonly medianMs: number | null;
  readonly calls: number;
  readonly costMicroUsd: number;
  readonly unpricedTokens: number;
};

/** A month, as bills have it. */
export const DAYS_SHOWN = 30;
/** Tickets that models are judged by, those that changed last: each ledger is read. */
export const SCORED_MAX = 500;

/** Days in which nothing was paid are shown as well: a gap is news. @param today of the clock, as `2026-03-02` */
export function lastDays(today: string): string[] {
  const end = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: DAYS_SHOWN }, (_, at) =>
    new Date(end - (DAYS_SHOWN - 1 - at) * 24 * 60 * 60_000).toISOString().slice(0, today.length),
  );
}

/** Of all repositories together, as the tables show it. */
export function spendRows(spent: readonly SpentOnDay[]): Row[] {
  const sums = new Map<string, SpentOnDay>();
  for (const one of spent) {
    const key = `${one.day} ${one.role} ${one.model}`;
    const { calls = 0, tokens = 0, costMicroUsd = 0 } = sums.get(key) ?? {};
    sums.set(key, {
      ...one,
      calls: calls + one.calls,
      tokens: tokens + one.tokens,
      costMicroUsd: costMicroUsd + one.costMicroUsd,
    });
  }
  return [...sums.entries()]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .map(([, { day, role, model, calls, tokens, costMicroUsd }]) => ({
      day,
      role,
      model,
      calls,
      tokens,
      costMicroUsd,
    }));
}

/** @param tickets how many of them `scored` is of */
export function figuresPage(
  spent: readonly SpentOnDay[],
  scored: readonly Scored[],
  tickets: number,
  today: string,
): string {
  const main = html`<div class="head"><h1>Figures</h1></div>
    ${spending(spent, today)}${scores(scored, tickets)}`;
  return layout("Figures · Cooperations", main);
}

function spending(spent: readonly SpentOnDay[], today: string): Html {
  if (spent.length === 0)
    return html`<section class="card wide"><h2>Spend</h2><p class="muted">No model was asked in the last ${DAYS_SHOWN} days.</p></section>`; // prettier-ignore
  // Without a known price there are tokens only.
  const priced = spent.some(({ costMicroUsd }) => costMicroUsd > 0);
  const value = ({ costMicroUsd, tokens }: SpentOnDay) => (priced ? costMicroUsd : tokens);
  const words = (amount: number) => (priced ? dollars(amount) : `${number(Math.round(amount))} tokens`);
  const days = lastDays(today);
  const total = spent.reduce((sum, one) => sum + value(one), 0);
  const plot = (id: string, what: string, nameOf: (one: SpentOnDay) => string, order: readonly string[]) => {
    const names = [...new Set(spent.map(nameOf))].sort((a, b) => rank(order, a) - rank(order, b) || (a < b ? -1 : 1));
    const stacks = days.map((day): Stack => {
      const parts = new Map<string, number>();
      for (const one of spent) if (one.day === day) parts.set(nameOf(one), (parts.get(nameOf(one)) ?? 0) + value(one));
      return { label: day.slice("2026-".length), parts };
    });
    const says = `Columns for the ${DAYS_SHOWN} days up to ${today}, ${words(total)} in all, stacked by ${what}.`;
    return html`<h3>By ${what}</h3>
      ${stackedColumns(id, { title: `Spend a day by ${what}`, says }, names, stacks, words)}`;
  };
  return html`<section class="card wide">
    <h2>Spend of the last ${DAYS_SHOWN} days: ${words(total)}</h2>
    ${plot("by-role", "role", roleOf, Object.values(ROLE_TITLES))}${plot("by-model", "model", ({ model }) => model, [])}
    ${tableOf("Every number, by day, role and model", spendRows(spent), "/spend")}
  </section>`;
}

function rank(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

function roleOf({ role }: { readonly role: string }): string {
  const known = ROLES.find((one) => one === role);
  return known ? ROLE_TITLES[known] : role;
}

function scores(scored: readonly Scored[], tickets: number): Html {
  if (scored.length === 0) return html``;
  const chart = (id: string, title: string, of: (one: Scored) => { value: number; words: string } | null) => {
    const all = scored.flatMap((one) => {
      const bar = of(one);
      const series = Math.max(
        0,
        ROLES.findIndex((role) => role === one.role),
      );
      return bar ? [{ label: `${one.model}, ${roleOf(one)}`, series, ...bar }] : [];
    });
    return all.length === 0
      ? null
      : html`<h3>${title}</h3>
          ${bars(id, { title, says: `A bar for each of ${count(all.length, "model in its role", "models in their roles")}.` }, all)}`;
  };
  const doubts = ({ role }: Scored) => role === "reviewer" || role === "adversary";
  return html`<section class="card wide">
    <h2>What each model delivered</h2>
    <p class="muted">
      In the ${count(tickets, "ticket")} that changed last. Seconds are of the last ${DAYS_SHOWN} days.
    </p>
    ${chart("paid", "Cost", ({ costMicroUsd, calls, unpricedTokens }) => ({
      value: costMicroUsd,
      words: cost({ calls, inputTokens: 0, outputTokens: 0, costMicroUsd, unpricedTokens }),
    }))}
    ${chart("confirmed", "Blockers confirmed, of those found", (one) =>
      doubts(one) ? { value: one.blockersConfirmed, words: `${one.blockersConfirmed} of ${one.blockersFound}` } : null,
    )}
    ${chart("at-once", "Tickets proven without a fix round", ({ role, provenAtOnce, tickets }) =>
      role === "implementer" ? { value: provenAtOnce, words: `${provenAtOnce} of ${tickets}` } : null,
    )}
    ${chart("seconds", "Median seconds of an answered call", ({ medianMs }) =>
      medianMs === null ? null : { value: medianMs, words: `${(medianMs / 1000).toFixed(1)} s` },
    )}
    ${tableOf("Every number, by model and role", scored, "/scorecard")}
  </section>`;
}

/** Rows that are shown; all of them are in the files. */
const ROWS_SHOWN_MAX = 200;

function tableOf(title: string, rows: readonly Row[], path: string): Html {
  const columns = Object.keys(rows[0] ?? {});
  const isNumber = (name: string) => typeof rows[0]?.[name] === "number";
  return html`<details class="numbers-table">
    <summary>${title}</summary>
    <p class="muted"><a href="${path}.csv">CSV</a> · <a href="${path}.json">JSON</a></p>
    <div class="scrolls" tabindex="0" role="region" aria-label="${title}">
      <table>
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col">${spaced(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, ROWS_SHOWN_MAX).map(
            (row) =>
              html`<tr>
                ${columns.map((name) => html`<td class="${isNumber(name) ? "number" : ""}">${String(row[name] ?? "–")}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** `costMicroUsd` → `cost micro usd` */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
