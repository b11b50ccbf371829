// Held by src/flow/twins.test.ts
import type { Forge } from "../forge/forge.ts";

/**
 * The same comment twice: made by a worker that froze while its request was leaving, and again by the one that took the ticket
 * over meanwhile. Both look for it; it is always the first worker's that goes, because the second one's is written down.
 */

/** By whoever lost the ticket: what it made goes when another worker has made the same. */
export async function takeBackTwin(forge: Forge, number: number, made: number): Promise<void> {
  if ((await twinsOf(forge, number, made)).length > 0) await forge.removeComment(made);
}

/** By whoever took the ticket over: everything that is the same as what it made goes. */
export async function removeTwins(forge: Forge, number: number, made: number): Promise<void> {
  for (const twin of await twinsOf(forge, number, made)) await forge.removeComment(twin);
}

async function twinsOf(forge: Forge, number: number, made: number): Promise<number[]> {
  const thread = await forge.comments(number);
  const own = thread.find(({ id }) => id === made);
  if (!own || own.appId === null) return [];
  return thread.flatMap(({ id, appId, body }) => (id !== made && appId === own.appId && body === own.body ? [id] : []));
}
