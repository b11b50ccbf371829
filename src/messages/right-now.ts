import { ROLES } from "../core/ledger/ids.ts";
import type { Doing } from "../core/ticket/doing.ts";
import { code } from "./escape.ts";
import { number, ROLE_TITLES } from "./format.ts";

/** What a ticket's step does right now. Times are milliseconds since the epoch. */
export type RightNow = {
  readonly step: string;
  readonly since: number;
  readonly waitsFor: {
    readonly what: { readonly kind: string; readonly model?: string };
    readonly since: number;
    readonly role: string | null;
  } | null;
  readonly doing: Doing | null;
};

/** One sentence, as Markdown: of the page and of the answer to `/coop status`. */
export function rightNow({ step, since, waitsFor, doing }: RightNow, nowMs: number): string {
  const waiting = waitsFor ? `, ${waits(waitsFor)} for ${lasting(nowMs - waitsFor.since)}` : "";
  return `Right now: step ${code(step)} for ${lasting(nowMs - since)}${waiting}.${doing ? ` ${soFar(doing)}` : ""}`;
}

/** The same of one consultation, in a few plain words. */
export function doingNow({ turn, tool, inputTokens, outputTokens }: Doing): string {
  const at = `turn ${number(turn)}${tool === null ? "" : `, ${tool.replaceAll("_", " ")}`}`;
  return `${at}, ${number(inputTokens + outputTokens)} tokens`;
}

function soFar({ turn, tool, inputTokens, outputTokens }: Doing): string {
  const at = `Turn ${number(turn)}${tool === null ? "" : `, tool ${code(tool)}`}`;
  return `${at}: ${number(inputTokens)} tokens read and ${number(outputTokens)} written so far.`;
}

function waits({ what, role }: NonNullable<RightNow["waitsFor"]>): string {
  switch (what.kind) {
    case "model-call":
      return `waiting for an answer of ${code(what.model ?? "a model")}${as(role)}`;
    case "consultation":
      return `${code(what.model ?? "a model")} works${as(role)}`;
    case "sandbox-run":
      return `repository code runs in the sandbox${as(role)}`;
    default:
      return "at work";
  }
}

function as(role: string | null): string {
  const known = ROLES.find((one) => one === role);
  return known ? ` (${ROLE_TITLES[known]})` : "";
}

const MINUTE_S = 60;

function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < MINUTE_S ? `${seconds} s` : `${Math.floor(seconds / MINUTE_S)} min ${seconds % MINUTE_S} s`;
}
