import { commandsIn } from "./command.ts";
import type { InlineComment, Trigger } from "./trigger.ts";

/** One thing that was said, with the inline comments that belong to it. */
export type Utterance = { readonly trigger: Trigger; readonly inline: readonly InlineComment[] };
type Reviewed = Extract<Trigger, { kind: "reviewed" }>;

/**
 * A comment with several commands is heard as several comments, each with a source of its own, so that a command that was
 * recorded is not followed again when the worker dies before the next one. Everything else is heard as it is.
 */
export function eachCommand(trigger: Trigger, inline: readonly InlineComment[] = []): Utterance[] {
  if (trigger.kind === "reviewed") return eachInReview(trigger, inline);
  if (trigger.kind !== "commented") return [{ trigger, inline }];
  const parts = commandsIn(trigger.body);
  if (parts.length < 2) return [{ trigger, inline }];
  return parts.map((body, index) => ({
    trigger: { ...trigger, body, source: numbered(trigger.source, index) },
    inline,
  }));
}

/**
 * A review can hold commands in its text and at the beginning of inline comments. They are heard first, then the review
 * itself, unless one of its commands is the rework that it asks for.
 */
function eachInReview(trigger: Reviewed, inline: readonly InlineComment[]): Utterance[] {
  const said = (body: string, source: string, comments: readonly InlineComment[]): Utterance => ({
    trigger: { ...trigger, state: "commented", body, source },
    inline: comments,
  });
  const talk = inline.filter((one) => !holdsCommand(one));
  const commands = [
    ...commandsIn(trigger.body).map((body, index) => said(body, `${trigger.source}/body-${index + 1}`, talk)),
    ...inline
      .filter(holdsCommand)
      .flatMap(({ id, text }) => commandsIn(text).map((body, at) => said(body, `inline:${id}/${at + 1}`, []))),
  ];
  if (commands.length === 0) return [{ trigger, inline }];
  const taken = commands.some((one) => "body" in one.trigger && /^\s*\/coop\s+rework\b/i.test(one.trigger.body));
  const rest = commandsIn(trigger.body).length > 0 ? "" : trigger.body;
  return taken ? commands : [...commands, { trigger: { ...trigger, body: rest }, inline: talk }];
}

/** Whoever may write can edit another's comment: what stands there now is then nobody's command. */
function holdsCommand({ text, edited }: InlineComment): boolean {
  return !edited && commandsIn(text).length > 0;
}

function numbered(source: string, index: number): string {
  return index === 0 ? source : `${source}/${index + 1}`;
}
