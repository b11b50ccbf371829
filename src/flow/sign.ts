// Held by test/scenarios/hearing.test.ts
import type { Utterance } from "../core/rules/each-command.ts";
import type { Response } from "../core/rules/heard.ts";
import type { Forge, Remarkable, Sign } from "../forge/forge.ts";
import type { World } from "./world.ts";

type Spoken = Pick<Utterance, "trigger" | "parsed">;

/** Signs below a command: 👀 when it was heard, 👍 when it was followed, 😕 when it was refused. */
export async function showSign(world: World, forge: Forge, said: Spoken, sign: Sign): Promise<void> {
  const { trigger } = said;
  const to = carrierOf(said);
  if (!to) return;
  try {
    await forge.react(to, sign);
  } catch (error) {
    // A sign is a courtesy. The answer stands in the thread, and nothing may be held up by this.
    world.log.info({ source: trigger.source, sign, error: String(error) }, "a sign could not be put below a comment");
  }
}

export function outcomeSign(response: Response): Sign | null {
  if (response.do === "refuse") return "confused";
  // Its outcome comes minutes later, as a check run and a comment.
  if (response.do === "guard") return "eyes";
  return response.do === "record" || response.do === "inform" ? "+1" : null;
}

/** Nothing else is a command, and neither the review nor the issue whose text holds one can carry a sign. */
function carrierOf({ trigger, parsed }: Spoken): Remarkable | null {
  if (trigger.kind !== "commented" && trigger.kind !== "reviewed") return null;
  if (parsed.outcome === "none") return null;
  const inline = /^inline:(\d{1,15})\//.exec(trigger.source)?.[1];
  if (inline !== undefined) return { place: "inline", id: Number(inline) };
  return trigger.kind === "commented" && trigger.commentId > 0 ? { place: "comment", id: trigger.commentId } : null;
}
