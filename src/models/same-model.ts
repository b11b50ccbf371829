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
  const address = baseUrl ?? DOORS[api].address;
  return JSON.stringify([address === null ? DOORS[api].keyVariable : addressOf(address), words, size]);
}

/** With the version or without, with the endpoint or without, by name or by number: one server. */
function addressOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl.trim())) return baseUrl;
  const { host, pathname } = new URL(baseUrl.trim());
  // A name may end with a dot, and be no other one for it.
  const named = host.replace(/\.(?=:|$)/, "").replace(LOOPBACK, "localhost");
  const path = new URL(openaiBase(`http://${named}${pathname.replace(/\/{2,}/g, "/")}`)).pathname;
  return `${named}${path.replace(/\/v\d+$/, "")}`.toLowerCase();
}

const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|\[::ffff:7f00:1\]|0\.0\.0\.0|\[::\])(?=:|$)/;
