import { parseCommand, type Parsed } from "./command.ts";
import { COMMANDS_IN_COMMENT_MAX, commandsIn } from "./command-lines.ts";
import type { InlineComment, Trigger } from "./trigger.ts";

/** One thing that was said, with the inline comments that belong to it. */
export type Utterance = {
  readonly trigger: Trigger;
  readonly inline: readonly InlineComment[];
  /** Its words as a command: read here, and nowhere again. */
  readonly parsed: Parsed;
};
type Reviewed = Extract<Trigger, { kind: "reviewed" }>;

/**
 * A comment with several commands is heard as several comments, each with a source of its own, so that a command that was
 * recorded is not followed again when the worker dies before the next one. Everything else is heard as it is.
 */
export function eachCommand(trigger: Trigger, inline: readonly InlineComment[] = []): Utterance[] {
  if (trigger.kind === "reviewed") return eachInReview(trigger, inline);
  if (trigger.kind !== "commented") return [utter(trigger, inline)];
  const parts = commandsIn(trigger.body);
  if (parts.length < 2) return [utter(trigger, inline)];
  return parts.map((body, index) => utter({ ...trigger, body, source: numbered(trigger.source, index) }, inline));
}

export function utter(trigger: Trigger, inline: readonly InlineComment[] = []): Utterance {
  return { trigger, inline, parsed: "body" in trigger ? parseCommand(trigger.body) : { outcome: "none" } };
}

/**
 * A review can hold commands in its text and at the beginning of inline comments. They are heard first, then the review
 * itself, unless one of its commands is the rework that it asks for.
 */
function eachInReview(trigger: Reviewed, inline: readonly InlineComment[]): Utterance[] {
  const talk = inline.filter((one) => !holdsCommand(one));
  const said = [
    ...commandsIn(trigger.body).map((body, at) => ({
      ...{ body, headSha: trigger.headSha },
      ...{ source: `${trigger.source}/body-${at + 1}`, inline: talk },
    })),
    ...inline.filter(holdsCommand).flatMap(({ id, text }) =>
      // A reply goes by the commit of the line that it stands below, which may be long past when it is written.
      commandsIn(text).map((body, at) => ({ body, headSha: "", source: `inline:${id}/${at + 1}`, inline: [] })),
    ),
  ];
  if (said.length === 0) return [utter(trigger, inline)];
  const commands = said.map((one) => {
    const { body, headSha, source } = one;
    return utter({ ...trigger, state: "commented", body, headSha, source }, one.inline);
  });
  const taken = commands.some((one) => !isOneTooMany(one.trigger.source) && asksForRework(one));
  const rest = commandsIn(trigger.body).length > 0 ? "" : trigger.body;
  return taken ? commands : [...commands, utter({ ...trigger, body: rest }, talk)];
}

function asksForRework({ parsed }: Utterance): boolean {
  return parsed.outcome === "command" && parsed.command.verb === "rework";
}

/** Whoever may write can edit another's comment: what stands there now is then nobody's command. */
function holdsCommand({ text, edited }: InlineComment): boolean {
  return !edited && commandsIn(text).length > 0;
}

/** The source of the comment in which a command stands. */
export function commentSource(source: string): string {
  return source.replace(/\/\d+$/, "");
}

function numbered(source: string, index: number): string {
  return index === 0 ? source : `${source}/${index + 1}`;
}

/** One command too many in its comment: it is answered, and neither it nor what stands below it is followed. */
export function isOneTooMany(source: string): boolean {
  return source.endsWith(`/${COMMANDS_IN_COMMENT_MAX + 1}`) || source.endsWith(`/body-${COMMANDS_IN_COMMENT_MAX + 1}`);
}
