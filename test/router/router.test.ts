import { beforeAll, describe, expect, it } from "@jest/globals";
import { CLARITY_WEIGHTS } from "../../src/core/rules/routing/clarity-weights.ts";
import { DEFAULT_POLICY } from "../../src/core/rules/policy.ts";
import { route, unsureOf } from "../../src/core/rules/routing/route.ts";
import { RISK_WEIGHTS } from "../../src/core/rules/routing/risk-weights.ts";
import { guess, TEXT_TYPES } from "../../src/core/rules/routing/type.ts";
import { WEIGHTS } from "../../src/core/rules/routing/weights.ts";
import { WORD_WEIGHTS } from "../../src/core/rules/routing/words.ts";
import { type Held, heldOut, type Known, knownTickets, learnTypes, ticketsIn } from "./corpus.ts";
import { type Answer, CLARITY, type Doubt, doubtTable, RISK } from "./doubts.ts";
import { tableOf } from "./fit.ts";

/**
 * How good the router is on tickets that its weights have not seen: each fold is judged by a table learnt from the other
 * four. The bounds stand a few points below what was measured, so that a new ticket in the data does not turn them red.
 */
const RIGHT_MIN = 0.84;
const RIGHT_OF_TRACKERS_MIN = 0.9;
const RIGHT_OF_TYPE_MIN = 0.8;
const SURE = 0.8;
/** Of those said with 0.8 or more. */
const SURE_RIGHT_MIN = 0.9;
const RISKY_TO_PERSON_MIN = 0.9;
const HARMLESS_TO_PERSON_MAX = 0.15;
const UNCLEAR_QUESTIONED_MIN = 0.7;
const CLEAR_QUESTIONED_MAX = 0.1;

let known: Known[];
let result: ReturnType<typeof heldOut>;
beforeAll(() => {
  known = knownTickets();
  result = heldOut(known);
});
const share = <T>(all: readonly T[], holds: (one: T) => boolean) => all.filter(holds).length / all.length;
const isAsked = ({ sum }: Answer) => sum >= 0;
const isFlagged = ({ id }: Known) => !id.startsWith("r");
const right = ({ ticket, type }: Held) => ticket.type === type;

describe("the router on tickets that it has not seen", () => {
  it("knows thousands of them, of all types", () => {
    expect(known.length).toBeGreaterThan(3000);
    for (const type of TEXT_TYPES) expect(known.filter((one) => one.type === type).length).toBeGreaterThan(400);
    expect(new Set(known.map(({ title, body }) => `${title}\n${body}`)).size).toBe(known.length);
  });

  it("tells the type", () => {
    expect(share(result.held, right)).toBeGreaterThanOrEqual(RIGHT_MIN);
    const ofTrackers = result.held.filter(({ ticket }) => ticket.id.startsWith("w"));
    expect(share(ofTrackers, right)).toBeGreaterThanOrEqual(RIGHT_OF_TRACKERS_MIN);
    for (const type of TEXT_TYPES) {
      const of = result.held.filter(({ ticket }) => ticket.type === type);
      expect([type, share(of, right) >= RIGHT_OF_TYPE_MIN]).toEqual([type, true]);
    }
  });

  it("tells the type in other languages than English", () => {
    const foreign = result.held.filter(({ ticket }) => ticket.signals.includes("foreign"));
    expect(foreign.length).toBeGreaterThan(70);
    expect(share(foreign, right)).toBeGreaterThanOrEqual(RIGHT_MIN);
  });

  it("is right as often as it says when it is sure", () => {
    const sure = result.held.filter(({ confidence }) => confidence >= SURE);
    expect(sure.length).toBeGreaterThan(result.held.length / 2);
    expect(share(sure, right)).toBeGreaterThanOrEqual(SURE_RIGHT_MIN);
    const said = sure.reduce((sum, { confidence }) => sum + confidence, 0) / sure.length;
    expect(Math.abs(said - share(sure, right))).toBeLessThan(0.05);
  });

  const doubts = (doubt: Doubt) => {
    const isText = new Set(
      result.held.filter(({ type, confidence }) => type === "docs" && confidence >= SURE).map(({ ticket }) => ticket),
    );
    return doubtTable(known.filter(isFlagged), doubt, (ticket) => doubt !== RISK || !isText.has(ticket as Known));
  };

  it("sends risky ones to a person and few others", () => {
    const { held, table } = doubts(RISK);
    const asked = (isYes: boolean) => share(held.filter(({ ticket: { risky, unclear } }) => risky === isYes && (risky || !unclear)), isAsked); // prettier-ignore
    expect(asked(true)).toBeGreaterThanOrEqual(RISKY_TO_PERSON_MIN);
    expect(asked(false)).toBeLessThanOrEqual(HARMLESS_TO_PERSON_MAX);
    // Run `npm run train:router` after a change of signals or tickets.
    expect(RISK_WEIGHTS).toEqual(table);
  });

  it("asks about those that are unclear and few others", () => {
    const { held, table } = doubts(CLARITY);
    const asked = (isYes: boolean) => share(held.filter(({ ticket }) => ticket.unclear === isYes), isAsked); // prettier-ignore
    expect(asked(true)).toBeGreaterThanOrEqual(UNCLEAR_QUESTIONED_MIN);
    expect(asked(false)).toBeLessThanOrEqual(CLEAR_QUESTIONED_MAX);
    expect(CLARITY_WEIGHTS).toEqual(table);
  });

  it("does so, less surely, with tickets that taught nothing", () => {
    const given = { labels: [], forcedType: null, repositoryFiles: 0, namedPaths: [] };
    const told = ticketsIn("held").map((ticket) => ({ ticket, said: route({ ...given, ...ticket }, DEFAULT_POLICY) }));
    const asks = (isRisky: boolean) => share(told.filter(({ ticket }) => ticket.risky === isRisky && (isRisky || !ticket.unclear)), ({ said }) => said.risk !== "low"); // prettier-ignore
    const questions = (isUnclear: boolean) => share(told.filter(({ ticket }) => ticket.unclear === isUnclear), ({ said }) => said.clarity === "unclear"); // prettier-ignore
    expect(asks(true)).toBeGreaterThanOrEqual(0.75);
    expect(asks(false)).toBeLessThanOrEqual(0.2);
    expect(questions(true)).toBeGreaterThanOrEqual(UNCLEAR_QUESTIONED_MIN);
    expect(questions(false)).toBeLessThanOrEqual(CLEAR_QUESTIONED_MAX);
  });
});

/**
 * Three sets that taught nothing. `later` is of 2026-11-30: issues of public trackers in words of our own, with what their labels
 * said as truth. By rules alone, before and after the signals and tickets that were added on that day, in per cent: `unseen` 87 and 88
 * (bugs 75 and 79), `held` 86 and 86 (features 73 and 70), `later` 86 and 85 (features 79 and 81). Bugs of the first and
 * features of the second stay below the 80 that were wished for; one ticket is 2 to 4 per cent of such a type.
 */
describe("issues of public trackers that nobody looked at while learning", () => {
  const UNSEEN_RIGHT_MIN = 0.86;
  /** Over all three sets. */
  const ALL_RIGHT_MIN = 0.85;
  const OF_TYPE_MIN = 0.8;
  const WITH_NAVIGATOR_MIN = 0.9;
  /** No model is asked here: a scripted Navigator is declared to be right so often. */
  const NAVIGATOR_RIGHT = 0.9;
  const given = { labels: [], forcedType: null, repositoryFiles: 0, namedPaths: [] };
  const tell = (name: "unseen" | "held" | "later") => ticketsIn(name).map((ticket) => ({ ticket, said: route({ ...given, ...ticket }, DEFAULT_POLICY) })); // prettier-ignore
  const told = tell("unseen");
  const all = [...told, ...tell("held"), ...tell("later")];
  const isRight = ({ ticket, said }: (typeof told)[number]) => said.type === ticket.type;
  const withNavigator = (some: typeof told) => {
    const left = some.filter(({ said }) => unsureOf(said) !== null);
    const own = some.filter((one) => !left.includes(one)).filter(isRight).length;
    return { share: (own + left.length * NAVIGATOR_RIGHT) / some.length, left: left.length / some.length };
  };

  it("tells the type of 86 in 100 by rules alone, and of 90 with a Navigator who is right in nine of ten", () => {
    expect(told.length).toBeGreaterThanOrEqual(100);
    expect(share(told, isRight)).toBeGreaterThanOrEqual(UNSEEN_RIGHT_MIN);
    expect(withNavigator(told).share).toBeGreaterThanOrEqual(WITH_NAVIGATOR_MIN);
    expect(withNavigator(told).left).toBeLessThanOrEqual(0.25);
  });

  it("does so over all three sets, each type in 80 of 100", () => {
    expect(all.length).toBeGreaterThan(350);
    expect(share(all, isRight)).toBeGreaterThanOrEqual(ALL_RIGHT_MIN);
    for (const type of TEXT_TYPES)
      expect([type, share(all.filter(({ ticket }) => ticket.type === type), isRight) >= OF_TYPE_MIN]).toEqual([type, true]); // prettier-ignore
    expect(withNavigator(all).share).toBeGreaterThanOrEqual(WITH_NAVIGATOR_MIN);
  });

  it("is right when it is sure, sends risky ones to a person and questions few clear ones", () => {
    for (const some of [told, all]) {
      const sure = some.filter(({ said }) => said.confidence >= SURE);
      expect(share(sure, isRight)).toBeGreaterThanOrEqual(SURE_RIGHT_MIN);
      expect(share(some.filter(({ ticket }) => ticket.risky), ({ said }) => said.planGate === "person")).toBeGreaterThanOrEqual(0.85); // prettier-ignore
      expect(share(some.filter(({ ticket }) => !ticket.unclear), ({ said }) => said.clarity === "unclear")).toBeLessThanOrEqual(CLEAR_QUESTIONED_MAX); // prettier-ignore
    }
  });
});

describe("the table of weights", () => {
  it("is what the tickets teach", () => {
    const learnt = tableOf(learnTypes(known).matrix, result.temperature);
    const checkedIn: Readonly<Record<string, readonly number[]>> = { ...WEIGHTS, ...WORD_WEIGHTS };
    expect(Object.keys(checkedIn)).toEqual(Object.keys(learnt));
    const off = Object.entries(checkedIn).filter(([name, parts]) =>
      parts.some((part, at) => Math.abs(part - (learnt[name]?.[at] ?? 0)) > 0.02),
    );
    // Run `npm run train:router` after a change of signals or tickets.
    expect(off).toEqual([]);
  });

  it("makes a sum that anybody can check", () => {
    const { type, because } = guess(["title-makes", "text-wishes"], WEIGHTS);
    const sums = TEXT_TYPES.map((_, at) => (["start", "title-makes", "text-wishes"] as const).reduce((sum, name) => sum + (WEIGHTS[name][at] ?? 0), 0)); // prettier-ignore
    expect(type).toBe(TEXT_TYPES[sums.indexOf(Math.max(...sums))]);
    expect(because).toContain("title-makes");
  });
});
