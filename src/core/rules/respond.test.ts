import { describe, expect, it } from "@jest/globals";
import { aPlan } from "../../../test/support/builders.ts";
import {
  APPROVED,
  ATTACKED,
  draft,
  factsAs,
  finding,
  OPENED,
  READY,
  ROUTED,
  sha,
  TEXT,
  ticketOf,
  unshown,
  WRITTEN,
} from "../../../test/support/ledgers.ts";
import { utter } from "./each-command.ts";
import { COMMANDS, type Verb } from "./command.ts";
import { type Heard, mayWrite, type Permission } from "./heard.ts";
import { ANSWERS_TO_STRANGERS_MAX, respond } from "./respond.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type IssueFacts, type Person, PROOF_RERUN, type Trigger } from "./trigger.ts";

const PERMISSIONS: readonly Permission[] = ["admin", "maintain", "write", "triage", "read", "none", "unknown"];
const MAY_WRITE: readonly Permission[] = ["admin", "maintain", "write"];

const person = (login: string, type = "User"): Person => ({ login, id: 1, type });
const issue: IssueFacts = {
  number: 12,
  state: "open",
  title: "Export as CSV",
  body: "Please.",
  author: person("olaf"),
  labels: ["coop"],
  isPullRequest: false,
};
const common = {
  source: "event:1",
  forge: { kind: "github" as const, installationId: 7, repositoryId: 70 },
  defaultBranch: "main",
  by: person("maria"),
  issue,
};
type Of<K extends Trigger["kind"]> = Extract<Trigger, { kind: K }>;

function comment(body: string, over: Partial<Of<"commented">> = {}): Trigger {
  return { kind: "commented", ...common, commentId: 1, body, ...over };
}
function label(over: Partial<Of<"labelled">> = {}): Trigger {
  return { kind: "labelled", ...common, label: "coop", ...over };
}
function review(state: Of<"reviewed">["state"], over: Partial<Of<"reviewed">> = {}): Trigger {
  const { source, forge, defaultBranch, by } = common;
  const rest = { reviewId: 1, state, body: "Escape the quotes.", headSha: sha(2), pullNumber: 8 };
  return { kind: "reviewed", source, forge, defaultBranch, by, ...rest, ...over };
}

function answer(ticket: Ticket | null, trigger: Trigger, over: Partial<Heard> = {}, facts = factsAs()) {
  const heard: Heard = { ...utter(trigger), permission: "write", textHash: TEXT, removed: [], pull: null, ...over };
  return respond(ticket, heard, facts);
}
const recorded = (...kinds: string[]) => ({ do: "record", entries: kinds.map((kind) => ({ kind })) });

const TWO_PARTS = aPlan({ chunks: [1, 2].flatMap(() => aPlan().chunks) });
/** A ticket on which each verb has something to do. */
const parked = ticketOf(...APPROVED, draft("halted"));
const RIPE: Record<Verb, Ticket> = {
  approve: ticketOf(...READY),
  split: ticketOf(...ROUTED, draft("planned", { epics: { mode: "ask", sideBySide: 2 } })),
  skip: ticketOf(...ROUTED, draft("planned", { plan: TWO_PARTS }), draft("epic_approved"), draft("epic_split")),
  rework: ticketOf(...READY),
  answer: ticketOf(...ROUTED, draft("question_asked")),
  accept: ticketOf(...ATTACKED, unshown("mutation")),
  dismiss: ticketOf(...WRITTEN, draft("reviewed", { findings: [{ ...finding(1), id: "F-0a1b2c3d" }] })),
  park: ticketOf(...APPROVED),
  resume: parked,
  retry: parked,
  stop: ticketOf(...APPROVED),
  status: ticketOf(...APPROVED),
  explain: ticketOf(...APPROVED),
  assign: ticketOf(...APPROVED),
  budget: ticketOf(...APPROVED),
  review: parked,
  proof: ticketOf(...READY, draft("merge_approved"), draft("merged")),
  help: ticketOf(...APPROVED),
};
/** Only about a pull request that no ticket works on. */
const said = (verb: Verb) =>
  comment(bodyOf(verb), verb === "proof" ? { issue: { ...issue, isPullRequest: true } } : {});
const bodyOf = (verb: Verb) => {
  const row = COMMANDS.find((one) => one.verb === verb);
  return verb === "assign" ? "/coop assign architect=llama" : (row?.example ?? "");
};

describe("who may say what", () => {
  const table = COMMANDS.flatMap((row) => PERMISSIONS.map((permission) => [row.verb, permission, row.needs] as const));

  it.each(table)("%s by somebody with %s permission (needs %s)", (verb, permission, needs) => {
    const response = answer(RIPE[verb], said(verb), { permission });
    if (needs === "read") return expect(response).toMatchObject({ do: "inform", about: verb, by: "maria" });
    if (MAY_WRITE.includes(permission)) return expect(response.do).toBe(verb === "proof" ? "guard" : "record");
    expect(response).toMatchObject({ do: "refuse", verb, by: "maria", source: "event:1" });
    const code = permission === "unknown" ? "permission-unknown" : "permission-missing";
    expect(response).toMatchObject({ why: { code } });
  });

  it.each(PERMISSIONS)(
    "Re-run beside the proof collects it again where the ticket stands still for it, by %s",
    (permission) => {
      const rerun: Trigger = { kind: "changed", ...common, what: PROOF_RERUN, look: "pull" };
      const unproven = ticketOf(...ATTACKED, unshown("mutation"), draft("halted", { reason: "unproven" }));
      const response = answer(unproven, rerun, { permission });
      if (mayWrite(permission)) expect(response).toMatchObject(recorded("resumed"));
      else expect(response.do).toBe("ignore");
      for (const other of [null, ticketOf(...READY)]) expect(answer(other, rerun).do).toBe("ignore");
    },
  );

  it.each(PERMISSIONS)("%s opens a ticket with the label only with write permission", (permission) => {
    const response = answer(null, label(), { permission });
    expect(response.do).toBe(mayWrite(permission) ? "record" : "refuse");
  });

  it("is not told twice that the label an issue was opened with starts nothing", () => {
    expect(answer(null, label({ source: "opened:d-1" }), { permission: "read" }).do).toBe("ignore");
    expect(answer(null, label({ source: "opened:d-1" })).do).toBe("record");
  });

  it("counts three permissions as writing, and no other", () => {
    expect(PERMISSIONS.filter(mayWrite)).toEqual(MAY_WRITE);
  });

  const everything = [...COMMANDS.map((row) => comment(bodyOf(row.verb))), label(), review("changes_requested")];
  it.each(["Bot", "Organization", "Mannequin", ""])("nobody of type %j says anything", (type) => {
    for (const trigger of everything) {
      const by = person("coop[bot]", type);
      for (const ticket of [null, ...Object.values(RIPE)])
        expect(answer(ticket, { ...trigger, by }, { permission: "admin" })).toMatchObject({ do: "ignore" });
    }
  });

  it("a login that looks like a bot's but is a person's is a person's", () => {
    expect(answer(RIPE.park, comment("/coop park", { by: person("coop[bot]") })).do).toBe("record");
  });
});

describe("each source", () => {
  it("is answered once, whether it was accepted or refused", () => {
    const trigger = comment("/coop park", { source: "comment:77" });
    const [entry] = recordOf(answer(RIPE.park, trigger));
    expect(entry?.kind).toBe("halted");
    const ticket = ticketOf(
      ...APPROVED,
      draft("commanded", { source: "comment:77", verb: "park", outcome: "refused" }),
    );
    expect(answer(ticket, trigger)).toEqual({ do: "ignore", why: "answered-before" });
    expect(answer(ticket, { ...trigger, source: "comment:78" }).do).toBe("record");
  });

  it("of the label that opened the ticket is known", () => {
    expect(answer(ticketOf(...OPENED), label({ source: "label:1" }))).toMatchObject({ why: "answered-before" });
  });
});

function recordOf(response: ReturnType<typeof respond>) {
  if (response.do !== "record") throw new Error(`It was no record but ${response.do}`);
  return response.entries;
}

describe("a label", () => {
  it("opens a ticket with the text as it was heard", () => {
    const [entry] = recordOf(answer(null, label(), { removed: ["1 HTML comment"] }));
    expect(entry).toMatchObject({
      kind: "opened",
      data: { by: "maria", author: "olaf", textHash: TEXT, bodyBytes: 7, removed: ["1 HTML comment"], pull: null },
    });
  });

  it.each([
    [["coop"], null],
    [["coop", "coop:bug"], "bug"],
    [["coop:docs"], "docs"],
  ] as const)("%j forces the type %s", (labels, forcedType) => {
    const trigger = label({ issue: { ...issue, labels: [...labels] }, label: labels[0] });
    expect(recordOf(answer(null, trigger))[0]).toMatchObject({ data: { forcedType } });
  });

  it.each([
    ["another label", label({ label: "bug" }), null, { do: "ignore" }],
    ["a label with a look-alike", label({ label: "Coop" }), null, { do: "ignore" }],
    ["on a ticket", label(), ticketOf(...ROUTED), { do: "ignore" }],
    ["on a ticket that ended", label(), ticketOf(...ROUTED, draft("stopped")), { do: "refuse" }],
    ["on a parked ticket", label(), parked, { do: "ignore" }],
    [
      "put back",
      label(),
      ticketOf(...APPROVED, draft("halted", { reason: "label-removed" })),
      { do: "record", entries: [{ kind: "resumed" }] },
    ],
    ["on a pull request", label({ issue: { ...issue, isPullRequest: true } }), null, { do: "refuse" }],
    ["on a closed issue", label({ issue: { ...issue, state: "closed" } }), null, { do: "refuse" }],
  ])("%s", (_name, trigger, ticket, response) => {
    expect(answer(ticket, trigger)).toMatchObject(response);
  });

  it("put back by a stranger does not resume", () => {
    const ticket = ticketOf(...APPROVED, draft("halted", { reason: "label-removed" }));
    expect(answer(ticket, label(), { permission: "triage" })).toMatchObject({ do: "refuse" });
  });

  it("taken away is looked at, when it is one of ours", () => {
    const off = (name: string): Trigger => ({ kind: "unlabelled", ...common, label: name });
    expect(answer(RIPE.park, off("coop:bug"))).toEqual({ do: "look", at: "issue" });
    expect(answer(RIPE.park, off("bug")).do).toBe("ignore");
  });
});

describe("a comment", () => {
  const asked = RIPE.answer;
  const askedById = ticketOf(draft("opened", { authorId: 71 }), ...ROUTED.slice(1), draft("question_asked"));
  const told = Array.from({ length: ANSWERS_TO_STRANGERS_MAX }, (_, index) =>
    draft("commanded", { by: "maria", source: `comment:9${index}`, outcome: "refused" }),
  );
  const pestered = ticketOf(...ROUTED, ...told);
  const plain = comment("A comma.");
  it.each<[string, Ticket | null, Trigger, Permission, object]>([
    ["answers the open question", asked, plain, "write", recorded("question_answered")],
    [
      "by the author answers it",
      asked,
      comment("A comma.", { by: person("olaf") }),
      "none",
      recorded("question_answered"),
    ],
    [
      "by the author under another name answers it",
      askedById,
      comment("A comma.", { by: { ...person("olaf2"), id: 71 } }),
      "none",
      recorded("question_answered"),
    ],
    [
      "by another under the author's name does not",
      askedById,
      comment("A comma.", { by: { ...person("olaf"), id: 72 } }),
      "none",
      { do: "ignore" },
    ],
    ["by a stranger does not", asked, plain, "read", { do: "ignore" }],
    ["that is empty does not", asked, comment(" \n"), "write", { do: "ignore" }],
    ["without a question is talk", parked, plain, "write", { do: "ignore" }],
    [
      "on a parked question is talk",
      ticketOf(...ROUTED, draft("question_asked"), draft("halted")),
      plain,
      "write",
      { do: "ignore" },
    ],
    ["with a slip is answered", asked, comment("/coop aprove"), "read", { do: "refuse", verb: "?" }],
    ["with a slip by a stranger on no ticket is not", null, comment("/coop aprove"), "read", { do: "ignore" }],
    ["with a slip by a writer on no ticket is", null, comment("/coop aprove"), "write", { do: "refuse" }],
    ["with a command on no ticket is refused", null, comment("/coop approve"), "write", { do: "refuse" }],
    ["with /coop help on no ticket is answered", null, comment("/coop help"), "write", { do: "inform", about: "help" }],
    ["with /coop help by a stranger on no ticket is not", null, comment("/coop help"), "read", { do: "ignore" }],
    ["by a stranger who was told often enough is not", pestered, comment("/coop status"), "read", { do: "ignore" }],
    ["by a writer who was told often is", pestered, comment("/coop status"), "write", { do: "inform" }],
  ])("%s", (_name, ticket, trigger, permission, response) => {
    expect(answer(ticket, trigger, { permission })).toMatchObject(response);
  });

  const pull = { number: 30, headSha: sha(5), branch: "fix", baseSha: sha(1) };
  const onPull = (over: Partial<IssueFacts> = {}) =>
    comment("/coop review", { issue: { ...issue, isPullRequest: true, ...over } });
  it("/coop review opens a person's pull request, once it is known", () => {
    expect(answer(null, onPull())).toEqual({ do: "look", at: "pull" });
    expect(answer(null, onPull(), { pull })).toMatchObject({
      do: "record",
      entries: [{ kind: "opened", data: { pull, forcedType: "review" } }],
    });
    expect(answer(null, onPull({ state: "closed" }), { pull })).toMatchObject({ do: "refuse" });
    expect(answer(null, comment("/coop review"), { pull })).toMatchObject({ do: "refuse" });
  });
});

it("what only changed is looked at again", () => {
  const { source, forge, defaultBranch } = common;
  const by = person("anybody", "Bot");
  const trigger: Trigger = {
    kind: "changed",
    source,
    forge,
    defaultBranch,
    by,
    what: "push",
    look: "pull",
  };
  expect(answer(parked, trigger)).toEqual({ do: "look", at: "pull" });
});
