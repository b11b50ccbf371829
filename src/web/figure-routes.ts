import { dayOf } from "../core/ledger/ids.ts";
import { figuresPage, type Scored, spendRows, type Spent } from "./figures.ts";
import type { PageDeps } from "./pages.ts";
import type { Row } from "./tables.ts";

const PATHS = ["/figures", "/spend.json", "/spend.csv", "/scorecard.json", "/scorecard.csv"] as const;
export type FiguresPath = (typeof PATHS)[number];

export function isFigures(path: string): path is FiguresPath {
  return (PATHS as readonly string[]).includes(path);
}

type Deps = Pick<PageDeps, "tickets" | "spent" | "scored" | "today">;
type Made = { readonly page: string } | { readonly rows: readonly Row[] };

/** The figures of the tickets that this reader sees, and of no others: as a page, or as rows for programs. */
export async function figures(path: FiguresPath, deps: Deps): Promise<Made> {
  if (path.startsWith("/spend")) return { rows: spendRows(await spentOf(deps)) };
  if (path.startsWith("/scorecard")) return { rows: await scoredOf(deps) };
  const today = dayOf((deps.today?.() ?? new Date()).toISOString());
  return { page: figuresPage(await spentOf(deps), await scoredOf(deps), today) };
}

async function spentOf({ tickets, spent }: Deps): Promise<readonly Spent[]> {
  const repositories = new Set((await tickets()).map(({ key }) => key.replace(/#\d+$/, "")));
  return (await spent?.([...repositories])) ?? [];
}

async function scoredOf({ tickets, scored }: Deps): Promise<readonly Scored[]> {
  return (await scored?.((await tickets()).map(({ key }) => key))) ?? [];
}
