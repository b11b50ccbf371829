import { describe } from "@jest/globals";
import { almostCommand } from "../../src/core/rules/almost-command.ts";
import { codeOwners } from "../../src/core/rules/code-owners.ts";
import { parseCommand } from "../../src/core/rules/command.ts";
import { closest } from "../../src/core/rules/did-you-mean.ts";
import { divergence } from "../../src/core/rules/diverge.ts";
import { eachCommand, utter, isOneTooMany } from "../../src/core/rules/each-command.ts";
import { acceptItems } from "../../src/core/rules/let-pass.ts";
import { mergeRuleOf } from "../../src/core/rules/merge-rule.ts";
import { waysOutOfDraft } from "../../src/core/rules/obstacles.ts";
import { pageIn } from "../../src/core/rules/provider-words.ts";
import { commentsOf, saysSomething } from "../../src/core/rules/remarks.ts";
import { respond } from "../../src/core/rules/respond.ts";
import { isAboutPeople } from "../../src/core/ticket/check-names.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { filterIn } from "../../src/web/filter.ts";
import {
  ATTACKED,
  draft,
  factsAs,
  issueAs,
  OPENED,
  pullAs,
  sha,
  ticketOf,
  unshown,
  WRITTEN,
} from "../support/ledgers.ts";
import { holdBoundaries } from "../support/limit-on-page.ts";

const text = (length: number) => "x".repeat(length);
const list = <T>(length: number, one: (at: number) => T) => Array.from({ length }, (_, at) => one(at));
const person = { login: "maria", id: 1, type: "User" } as const;

function heardAs(body: string, over: { login?: string; ticket?: Partial<Ticket> } = {}) {
  const ticket = { ...ticketOf(...OPENED), ...over.ticket };
  const by = { ...person, login: over.login ?? "maria" };
  const trigger = { kind: "commented", by, body, source: "comment:1" } as const;
  const response = respond(
    ticket,
    { ...utter(trigger as never), permission: "read" } as Parameters<typeof respond>[1],
    factsAs(),
  );
  return response.do === "ignore" ? `ignored: ${JSON.stringify(response)}` : response.do;
}

describe("what people say", () => {
  const rules = "src/core/rules";
  const outcome = (body: string) => parseCommand(body).outcome;
  const said = (body: string) => {
    const parsed = parseCommand(body);
    return parsed.outcome === "command" && "text" in parsed.command ? parsed.command.text.length : null;
  };
  const shown = (body: string) => {
    const parsed = parseCommand(body);
    return parsed.outcome === "malformed" ? (parsed.why.facts as { said?: string }).said?.length : null;
  };
  const followed = (commands: number) => {
    const body = list(commands, () => "/coop status").join("\n");
    const each = eachCommand({ kind: "commented", by: person, body, source: "comment:1" } as never);
    return { followed: each.filter(({ trigger }) => !isOneTooMany(trigger.source)).length, said: each.length };
  };
  const owners = (n: number) => `* ${list(n, (at) => `@owner-${at}`).join(" ")}`;

  holdBoundaries([
    [`${rules}/command-lines.ts COMMANDS_IN_COMMENT_MAX`, followed, (n: number) => ({ followed: n, said: n }), (n: number) => ({ followed: n - 1, said: n })], // prettier-ignore
    [`${rules}/command.ts BUDGET_RAISE_USD_MAX`, (n) => outcome(`/coop budget +${n}`), "command", "malformed"],
    [`${rules}/command.ts INSTRUCTION_CHARACTERS_MAX`, (n) => said(`/coop rework ${text(n)}`), (n: number) => n, (n: number) => n - 1], // prettier-ignore
    [`${rules}/command.ts VERB_CHARACTERS_SHOWN`, (n) => shown(`/coop ${text(n)}`), (n: number) => n, (n: number) => n - 1], // prettier-ignore
    [`${rules}/command.ts MODEL_CHARACTERS_MAX`, (n) => outcome(`/coop assign reviewer=${text(n)}`), "command", "malformed"], // prettier-ignore
    [`${rules}/did-you-mean.ts WORD_CHARACTERS_MAX`, (n) => closest(text(n), [`${text(60)}`, `${text(n - 1)}y`]), (n: number) => `${text(n - 1)}y`, null], // prettier-ignore
    [`${rules}/almost-command.ts LINE_CHARACTERS_MAX`, (n) => almostCommand(`Thanks!\nok, /coop rework ${text(n - 17)}`) !== null, true, false], // prettier-ignore
    [`${rules}/almost-command.ts LINES_MAX`, (n) => almostCommand(`${"words\n".repeat(n - 1)}/coop approve`), "/coop approve", null], // prettier-ignore
    [`${rules}/code-owners.ts LINES_MAX`, (n) => codeOwners(`${"#\n".repeat(n - 1)}* @maria`, ["a.ts"]), ["maria"], []],
    [`${rules}/code-owners.ts OWNERS_CALLED_MAX`, (n) => codeOwners(owners(n), ["a.ts"]).length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
    [`${rules}/remarks.ts PRAISE_CHARACTERS_MAX`, (n) => saysSomething(`LGTM${"!".repeat(n - 4)}`), false, true],
    [`${rules}/remarks.ts COMMENTS_MAX`, (n) => commentsOf(list(n, inlineComment)).length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
    [`${rules}/remarks.ts COMMENT_CHARACTERS_MAX`, (n) => commentsOf([{ ...inlineComment(0), text: text(n) }])[0]?.text.length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
    [`${rules}/remarks.ts PATH_CHARACTERS_MAX`, (n) => commentsOf([{ ...inlineComment(0), path: text(n) }])[0]?.path.length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
    ["src/core/ticket/check-names.ts NAME_CHARACTERS_MAX", (n) => isAboutPeople(`cla${" ".repeat(n - 3)}`), true, false], // prettier-ignore
    ["src/web/filter.ts WORDS_CHARS_MAX", (n) => filterIn(new URLSearchParams({ q: text(n) })).words.length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
    ["src/web/filter.ts PAGE_MAX", (n) => filterIn(new URLSearchParams({ page: String(n) })).page, (n: number) => n, (n: number) => n - 1], // prettier-ignore
  ]);
});

function inlineComment(id: number) {
  return { id, path: "src/a.ts", line: 1, text: "Why?" } as Parameters<typeof commentsOf>[0][number];
}

describe("what strangers may do", () => {
  const answered = (...times: number[]) => new Map(times.map((one, at) => [`stranger-${at}`, one]));
  const told = (login: string, ...times: number[]) => heardAs("/coop stop", { login, ticket: { answered: answered(...times) } }); // prettier-ignore
  const silence = 'ignored: {"do":"ignore","why":"stranger-answered-often"}';
  const halted = [...WRITTEN, draft("halted")];
  const follows = (ticket: Ticket, facts: Parameters<typeof factsAs>[0]) => divergence(ticket, factsAs(facts))?.do ?? "passed by"; // prettier-ignore

  holdBoundaries([
    ["src/core/rules/respond.ts ANSWERS_TO_STRANGERS_MAX", (n) => told("stranger-0", n), "refuse", silence, "up to it"],
    ["src/core/rules/respond.ts ANSWERS_ON_TICKET_MAX", (n) => told("new-one", 10, n - 10), "refuse", silence, "up to it"], // prettier-ignore
    ["src/core/rules/diverge.ts TEXT_EDITS_FOLLOWED_MAX", (n) => follows({ ...ticketOf(...halted), textEdits: n }, { issue: issueAs({ textHash: sha(9) }) }), "record", "passed by", "up to it"], // prettier-ignore
    ["src/core/rules/diverge.ts HEADS_FOLLOWED_MAX", (n) => follows(withHeads(ticketOf(...halted), n), { pull: pullAs({ headSha: sha(99) }) }), "record", "passed by", "up to it"], // prettier-ignore
    ["src/core/rules/diverge.ts RETARGETS_FOLLOWED_MAX", (n) => follows({ ...ticketOf(...halted), retargets: n }, { pull: pullAs({ baseBranch: "next", mergeBase: sha(1) }) }), "record", "passed by", "up to it"], // prettier-ignore
    ["src/core/rules/obstacles.ts UNLOCKS_MAX", (unlocks) => waysOutOfDraft({ unlocks })[0], "leave-draft", "resume-when-unblocked", "up to it"], // prettier-ignore
  ]);
});

function withHeads(ticket: Ticket, n: number): Ticket {
  return { ...ticket, change: ticket.change && { ...ticket.change, heads: list(n, sha) } };
}

describe("what servers and people write at length", () => {
  const proven = ticketOf(...ATTACKED, unshown("mutation"));
  const reason = (n: number) => {
    const obeyed = acceptItems(proven, { by: "otto", source: "comment:1", inline: [] }, ["mutation"], text(n), factsAs()); // prettier-ignore
    return obeyed.outcome === "accepted" && (obeyed.entries[0]?.data as { why: string }).why.length;
  };
  const sentence = "Changes must be made through the merge queue";

  holdBoundaries([
    ["src/core/rules/let-pass.ts WHY_MAX", reason, (n: number) => n, (n: number) => n - 1],
    ["src/core/rules/merge-rule.ts SENTENCE_CHARS_READ", (n) => mergeRuleOf(`${" ".repeat(n - sentence.length)}${sentence}`), "queue", "other"], // prettier-ignore
    ["src/core/rules/provider-words.ts TITLE_CHARS_MAX", (n) => pageIn(`<title>${text(n)}</title>`)?.title?.length, (n: number) => n, (n: number) => n - 1], // prettier-ignore
  ]);
});
