import { estimateTokens } from "../core/rules/context-budget.ts";
import type { Briefing } from "./briefing.ts";

/** What symbols may add to the names of files, by the estimate of `core/rules/context-budget.ts`. */
const SYMBOLS_TOKENS_MAX = 6_000;
/** Symbols shown of a file: first as many as the first number, then fewer; where these are too many, none. */
const SYMBOLS_OF_FILE = [24, 6, 2] as const;

/** The repository as lines: a path, and after a tab what the file gives to others. */
export function mapOf({ paths, symbols }: Pick<Briefing, "paths" | "symbols">): { whole: string; paths: string } {
  const named = paths.map((path) => JSON.stringify(path).slice(1, -1));
  const bare = named.join("\n");
  for (const max of SYMBOLS_OF_FILE) {
    const whole = named.map((name, at) => name + after(symbols.get(paths[at] ?? "") ?? [], max)).join("\n");
    if (estimateTokens(whole) - estimateTokens(bare) <= SYMBOLS_TOKENS_MAX) return { whole, paths: bare };
  }
  return { whole: bare, paths: bare };
}

function after(names: readonly string[], max: number): string {
  if (names.length === 0) return "";
  return `\t${[...names.slice(0, max), ...(names.length > max ? ["…"] : [])].join(", ")}`;
}
