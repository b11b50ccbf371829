import { openaiBase } from "./base-url.ts";
import type { PoolEntry } from "./catalogue.ts";
import { DOORS } from "./doors.ts";
import { identityOf } from "./identity.ts";

/**
 * Two entries of a pool that are one model: the same one at the same address, in whatever date or precision. Under two
 * names, or two vendors, it would review its own work.
 */
export function sameModels<E extends Pick<PoolEntry, "api" | "model" | "baseUrl">>(pool: readonly E[]): [E, E] | null {
  for (const [index, one] of pool.entries()) {
    const other = pool.slice(index + 1).find((entry) => placeOf(entry) === placeOf(one));
    if (other) return [one, other];
  }
  return null;
}

/** The APIs of one vendor at its own address lead to the same models. */
function placeOf({ api, model, baseUrl }: Pick<PoolEntry, "api" | "model" | "baseUrl">): string {
  // Whoever deploys gives the names there.
  const { words, size } =
    api === "azure-openai" ? { words: [model.trim().toLowerCase()], size: null } : identityOf(model);
  return JSON.stringify([baseUrl ? addressOf(baseUrl) : DOORS[api].keyVariable, words, size]);
}

/** With the version or without, with the endpoint or without, by name or by number: one server. */
function addressOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl;
  const { host, pathname } = new URL(openaiBase(baseUrl));
  return `${host.replace(/^(?:127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=:|$)/, "localhost")}${pathname.replace(/\/v\d+$/, "")}`.toLowerCase();
}
