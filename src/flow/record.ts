// Held by test/scenarios/commands.test.ts
import type { RuleDraft } from "../core/rules/draft.ts";
import type { Forge } from "../forge/forge.ts";
import { append, type Book } from "./book.ts";
import { publish } from "./publish.ts";
import type { World } from "./world.ts";

/** Writes down what was decided, and says at once what people wait for. Where another worker was faster, it decides again. */
export async function record(world: World, forge: Forge, book: Book, entries: readonly RuleDraft[]): Promise<void> {
  const next = await append(world, book, entries);
  if (next !== "stale") await publish(world, forge, next, "due");
}
