import type { Entry } from "../../core/ledger/chain.ts";
import { type EntryData, NO_SPEND, type Spend } from "../../core/ledger/entries.ts";
import { shortSha } from "../../core/ledger/ids.ts";
import { fold } from "../../core/ticket/fold.ts";
import type { Doing } from "../../core/ticket/doing.ts";
import { phaseOf, type Ticket } from "../../core/ticket/ticket.ts";
import { count } from "../../messages/format.ts";
import { headline } from "../../messages/headline.ts";
import { doingNow } from "../../messages/right-now.ts";
import { stepWords } from "../../messages/step-words.ts";
import { MODEL_RETRY, type ModelRetry } from "../../models/patience.ts";
import type { JournalRecord } from "../../models/journal.ts";
import { whoOf } from "../demo/ledger.ts";
import { calledFor, roleOf } from "./called.ts";
import { inShell } from "./commands.ts";
import { planLines, planText } from "../plan-text.ts";
import { type Progress, progress } from "../progress.ts";
import { paidSoFar, spendOf } from "../paid-so-far.ts";
import { sameReason } from "../same-reason.ts";
import { plain, print, shortTitle } from "../terminal.ts";

/** Of the name of the branch that a run begins from. */
const BASE_CHARS_SHOWN = 60;

/** Longer waits are told in minutes. */
const SECONDS_SHOWN_MAX = 120;

/** What a run says while it goes on: lines for people, or one JSON object a line for programs. */
export type Told = {
  /** Before anything that works was loaded. */
  begun(ticket: { readonly number: number; readonly title: string; readonly base: string; readonly sha: string }): void;
  note(sentence: string): void;
  step(step: string): void;
  /** How far the consultation is that goes on; null when it has ended. Often. */
  doing(doing: Doing | null): void;
  preparing(sentence: string): void;
  call(record: JournalRecord): void;
  /** Tells the entries that are new since the last time. @param retry how long a model that is away is waited for */
  entries(all: readonly Entry[], retry?: ModelRetry): void;
  /** What happened before this run: it is not told again as if it happened now. */
  soFar(number: number, all: readonly Entry[]): void;
  /** Nothing runs any more: a person is asked, or the run ends. */
  quiet(): void;
  end(ending: Ending): void;
  /** Lines for a person; a program that reads JSON is spared them. */
  say(...lines: readonly string[]): void;
  readonly lines: Progress;
};

export type Ending = {
  readonly ticket: number;
  readonly phase: string;
  readonly branch: string | null;
  readonly headSha: string | null;
  readonly exitCode: number;
  readonly spend: Spend;
  /** What goes on from here; null when there is nothing left to do. */
  readonly next: string | null;
  readonly sentence: string;
  /** What stands in the way, one thing a line. */
  readonly details: readonly string[];
};

/** Where a command is said that a sentence offers: where the run asks, or in a shell once it has ended. */
type Asks = "here" | "in a shell";

export function toldAsLines(stream: NodeJS.WriteStream = process.stdout, asks: Asks = "in a shell"): Told {
  const lines = progress(stream);
  let now: Ticket | null = null;
  const offered = (text: string) => (now && asks === "in a shell" ? inShell(text, now.ref.number, phaseOf(now)) : text);
  let shown = 0;
  let step: string | null = null;
  let doing: Doing | null = null;
  const paid = paidSoFar();
  const draw = () => lines.running(step && [step, doing && doingNow(doing), paid.beside()].filter(Boolean).join(" · "));
  return {
    lines,
    begun: ({ number, title, base, sha }) => {
      lines.say(lines.paint("bold", `Ticket ${number}: ${shortTitle(title)}`));
      const from = base === sha ? `commit ${shortSha(sha)}` : `${base.slice(0, BASE_CHARS_SHOWN)} at ${shortSha(sha)}`;
      lines.say(`From ${from}; Ctrl-C parks it.`);
    },
    note: (sentence) => lines.say(lines.paint("yellow", lines.fit(plain(sentence)))),
    step: (name) => {
      [step, doing] = [stepWords(name), null];
      draw();
    },
    doing: (now) => {
      doing = now;
      draw();
    },
    preparing: (sentence) => lines.happened("coop", sentence),
    call: (record) => {
      paid.add(record);
      if (record.kind === "tool") return;
      const about = calledFor(record.reply);
      lines.happened(roleOf(record), about === "" ? `answers (${record.model})` : about);
      draw();
    },
    entries: (all, retry) => {
      // Why it stands still is said where it is asked about, and at the end.
      now = fold(all);
      for (const entry of all.slice(shown)) {
        const reply = replyOf(entry);
        const said = entry.kind === "halted" || reply ? headline(entry, "desk") : saidOf(entry, retry, asks);
        lines.happened(whoOf(entry), offered(said));
        if (reply) lines.say(`\n${planLines(offered(planText(reply)), lines.columns, lines.paint).join("\n")}\n`);
      }
      shown = all.length;
      paid.booked(now?.spend ?? NO_SPEND);
      draw();
    },
    soFar: (number, all) => {
      const last = all.at(-1);
      if (!last) return;
      shown = all.length;
      paid.booked(fold(all)?.spend ?? NO_SPEND);
      const before = `${count(all.length, "entry", "entries")}, the last: ${headline(last, "desk")}`;
      lines.say(lines.paint("dim", plain(`So far ${before}. \`coop ledger ${number}\` shows them.`)));
    },
    quiet: () => {
      step = null;
      lines.running(null);
    },
    end: ({ sentence, details, next, spend }) => {
      lines.running(null);
      lines.say();
      lines.say(lines.paint("bold", lines.fit(offered(sentence))));
      paid.booked(spend);
      if (paid.calls() > 0) lines.say(lines.paint("dim", paid.sentence()));
      for (const one of sameReason(details)) lines.say(lines.fit(`· ${plain(offered(one))}`));
      if (next !== null) lines.say(`Go on with: ${next}`);
    },
    say: (...all) => all.forEach((one) => lines.say(one)),
  };
}

export function toldAsJson(): Told {
  const event = (name: string, fields: object) =>
    print(JSON.stringify({ event: name, at: new Date().toISOString(), ...fields }));
  let shown = 0;
  let did = "";
  return {
    lines: progress(process.stderr),
    begun: ({ number, ...rest }) => event("begun", { ticket: number, ...rest }),
    note: (sentence) => event("note", { sentence }),
    step: (step) => event("step", { step }),
    doing: (doing) => {
      const now = doing ? `${doing.turn} ${doing.tool ?? ""}` : "";
      if (doing && now !== did) event("doing", doing);
      did = now;
    },
    preparing: (sentence) => event("preparing", { sentence }),
    call: (record) => {
      const { step, model, kind, latencyMs } = record;
      event("call", { step, kind, model, latencyMs, ...spendOf(record) });
    },
    entries: (all, retry) => {
      for (const entry of all.slice(shown))
        event("entry", {
          seq: entry.seq,
          kind: entry.kind,
          who: whoOf(entry),
          sentence: saidOf(entry, retry),
          data: entry.data,
        });
      shown = all.length;
    },
    soFar: () => undefined,
    quiet: () => undefined,
    end: (ending) => event("end", ending),
    say: () => undefined,
  };
}

/** For a run whose result is all that counts; what went wrong is said all the same. */
export function silent(lines: Progress): Told {
  const nothing = () => undefined;
  const quiet = {
    begun: nothing,
    step: nothing,
    doing: nothing,
    preparing: nothing,
    call: nothing,
    soFar: nothing,
    quiet: nothing,
    end: nothing,
    say: nothing,
  };
  let shown = 0;
  const entries = (all: readonly Entry[], retry?: ModelRetry) => {
    for (const entry of all.slice(shown)) if (entry.kind === "step_failed") lines.say(plain(saidOf(entry, retry)));
    shown = all.length;
  };
  return { ...quiet, entries, note: (sentence) => lines.say(plain(sentence)), lines };
}

function saidOf(entry: Entry, retry = MODEL_RETRY, asks: Asks = "in a shell"): string {
  const said = headline(entry, "desk");
  switch (entry.kind) {
    case "step_failed":
      return `${said}: ${entry.data.sentence}${nextTry(entry.data, retry, asks)}`;
    case "commanded":
      return entry.data.outcome === "accepted" ? said : `${said}. ${entry.data.reply}`;
    case "halted":
      return `${said}. ${entry.data.sentence}`;
    default:
      return said;
  }
}

/** An answer of several lines, which stands below the line that tells of it. */
function replyOf(entry: Entry): string | null {
  if (entry.kind !== "commanded" || entry.data.outcome === "accepted") return null;
  return entry.data.outcome === "informed" ? entry.data.reply : null;
}

/** Whoever reads this is told at the first try how long it can go on; a ticket can be parked where one is asked. */
function nextTry({ againInMs = 0, attempt, reason }: EntryData<"step_failed">, retry: ModelRetry, asks: Asks): string {
  if (againInMs === 0) return "";
  const again = ` Next try in ${span(againInMs)}.`;
  if (attempt > 1 || reason !== "model-unavailable") return again;
  const after = `after ${retry.personAfterMinutes} min`;
  return asks === "here"
    ? `${again} If it stays away, you are asked ${after}; Ctrl-C parks the ticket now.`
    : `${again} If it stays away, this ends ${after}.`;
}

function span(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < SECONDS_SHOWN_MAX ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
