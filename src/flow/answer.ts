// Held by test/scenarios/commands.test.ts
import type { Heard } from "../core/rules/heard.ts";
import type { Forge, ThreadComment } from "../forge/forge.ts";
import { isReplyTo, replyMarker } from "../messages/marker.ts";
import { append, type Book } from "./book.ts";
import { sayOnce } from "./say-once.ts";
import type { World } from "./world.ts";
import { REPLY_CHARS_MAX } from "../core/ledger/limits.ts";

type Answer = {
  readonly verb: string;
  readonly args: string;
  readonly outcome: "informed" | "refused";
  readonly reply: string;
};

/** On a ticket the answer is an entry like all others; elsewhere it is one plain comment, found again by its marker. */
export async function answer(
  world: World,
  forge: Forge,
  book: Book,
  heard: Heard,
  said: Answer,
): Promise<"go-on" | "stale"> {
  const { trigger } = heard;
  if (book.ticket) {
    const data = { by: trigger.by.login, source: trigger.source, ...said, reply: said.reply.slice(0, REPLY_CHARS_MAX) };
    return (await append(world, book, [{ kind: "commanded", data }])) === "stale" ? "stale" : "go-on";
  }
  const number = "issue" in trigger ? trigger.issue.number : book.ref.number;
  const isOurs = (one: ThreadComment) => one.appId === world.appId && isReplyTo(one.body, trigger.source);
  await sayOnce(world, book.key, `answer:${trigger.source}`, {
    find: async () => (await forge.comments(number)).find(isOurs)?.id ?? null,
    say: async () => (await forge.comment(number, `${said.reply}\n\n${replyMarker(trigger.source)}`)).id,
  });
  return "go-on";
}
