import { dayOf, type TicketKey } from "../core/ledger/ids.ts";
import { figuresPage, SCORED_MAX, spendRows } from "./figures.ts";
import type { PageDeps } from "./page-deps.ts";
import type { Row } from "./tables.ts";

const PATHS = ["/figures", "/spend.json", "/spend.csv", "/scorecard.json", "/scorecard.csv"] as const;
export type FiguresPath = (typeof PATHS)[number];

export function isFigures(path: string): path is FiguresPath {
  return (PATHS as readonly string[]).includes(path);
}

type Deps = Pick<PageDeps, "tickets" | "spent" | "scored" | "today">;
type Made = { readonly page: string } | { readonly rows: readonly Row[] };

/** The figures of what this reader sees, and of nothing else: as a page, or as rows for programs. */
export async function figures(path: FiguresPath, deps: Deps): Promise<Made> {
  if (path.startsWith("/spend")) return { rows: spendRows((await deps.spent?.()) ?? []) };
  if (path.startsWith("/scorecard")) return { rows: (await deps.scored?.(await judgedBy(deps))) ?? [] };
  const today = dayOf((deps.today?.() ?? new Date()).toISOString());
  const keys = await judgedBy(deps);
  return { page: figuresPage((await deps.spent?.()) ?? [], (await deps.scored?.(keys)) ?? [], keys.length, today) };
}

async function judgedBy({ tickets }: Deps): Promise<readonly TicketKey[]> {
  return (await tickets()).slice(0, SCORED_MAX).map(({ key }) => key);
}
