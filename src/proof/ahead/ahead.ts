// Held by test/scenarios/proof-ahead.system.ts
import { AsyncLocalStorage } from "node:async_hooks";
import type { TicketKey } from "../../core/ledger/ids.ts";
import type { Preparer } from "../../workspace/preparer.ts";
import type { Sandbox, SandboxCheck } from "../../workspace/sandbox.ts";
import { collectApart, type PortsApart } from "../apart/collect-apart.ts";
import type { ProofInput } from "../evidence.ts";
import { sharingRuns } from "../runners/shared-runs.ts";
import { RecordedRuns, Shelf } from "./recorded-runs.ts";
import type { SpareRoom } from "./spare-room.ts";

/** Answers from the journal and scripted ones come at once; a real review takes a minute, and gives this second away. */
const AHEAD_AFTER_MS = 1_000;
/** Tickets whose runs wait for their proof: each waits for a review, a provider or the repository's checks. */
const HELD_MAX = 8;

/** `ended`: there is nothing left to run ahead, after so many milliseconds. */
export type AheadEvent =
  | { readonly kind: "begun" | "taken" | "dropped"; readonly ticket: TicketKey }
  | { readonly kind: "ended"; readonly ticket: TicketKey; readonly ms: number };

/** The program's own ports: those of a step end with the step. */
export type AheadPorts = Required<Pick<PortsApart, "sandbox" | "blobs" | "preparer">> & { readonly room: SpareRoom };
export type AheadSettings = {
  /** Absent: `AHEAD_AFTER_MS`. */
  readonly afterMs?: number | undefined;
  readonly onEvent?: ((event: AheadEvent) => void) | undefined;
};

type Held = {
  readonly ticket: TicketKey;
  readonly headSha: string;
  readonly recorded: RecordedRuns;
  /** Ends the reading; runs that have begun go on. */
  readonly reading: AbortController;
  readonly runs: AbortController;
  timer?: NodeJS.Timeout;
};

/** The sandbox of a proof some of whose runs were made before. `end` drops what it did not ask for. */
export type Taken = { readonly sandbox: SandboxCheck; end(): void };

/**
 * Runs of a proof that are made while the reviewers look, for exactly one head. What they showed is kept as the answers of the
 * sandbox to exactly these questions, and nothing else of it: the proof itself is worked out when it is due, by asking the same
 * questions. Whatever ends it loses nothing but time.
 */
export class Ahead {
  readonly #ports: AheadPorts;
  readonly #settings: AheadSettings;
  readonly #shelf = new Shelf();
  readonly #held = new Map<TicketKey, Held>();
  /** Else the runs would count as what the step does that happened to be under way. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #running = new Set<Promise<unknown>>();
  #reading: Promise<void> | null = null;

  constructor(ports: AheadPorts, settings: AheadSettings = {}) {
    this.#ports = ports;
    this.#settings = settings;
  }

  /** Where there is room for it. Runs of another head are ended; those of the same one go on. */
  begin(ticket: TicketKey, input: ProofInput): void {
    if (this.#ports.sandbox.state === "none") return;
    const headSha = input.head.commitSha;
    if (this.#held.get(ticket)?.headSha === headSha) return;
    this.drop(ticket);
    const aborts = { reading: new AbortController(), runs: new AbortController() };
    const held: Held = { ...{ ticket, headSha, recorded: new RecordedRuns(this.#shelf) }, ...aborts };
    this.#held.set(ticket, held);
    for (const oldest of this.#held.keys()) if (this.#held.size > HELD_MAX) this.drop(oldest);
    const begin = () => this.#outside(() => this.#begin(held, input));
    const { afterMs = AHEAD_AFTER_MS } = this.#settings;
    if (afterMs === 0) return begin();
    held.timer = setTimeout(begin, afterMs);
    held.timer.unref();
  }

  #begin(held: Held, input: ProofInput): void {
    // One at a time: two proofs ahead would only make each other slower.
    if (this.#reading) return void this.#held.delete(held.ticket);
    const began = performance.now();
    const { ticket } = held;
    this.#settings.onEvent?.({ kind: "begun", ticket });
    this.#reading = this.#read(held, input).then(() => {
      this.#reading = null;
      if (!held.reading.signal.aborted)
        this.#settings.onEvent?.({ kind: "ended", ticket, ms: Math.round(performance.now() - began) });
    });
  }

  /** What breaks it off meets the real proof too, and is told there. */
  #read(held: Held, input: ProofInput): Promise<unknown> {
    const { blobs, preparer } = this.#ports;
    const { signal } = held.reading;
    const ports = { blobs, signal, sandbox: this.#recording(held), preparer: preparer && until(preparer, signal) };
    return collectApart(input, ports).catch(() => undefined);
  }

  #recording({ recorded, reading, runs }: Held): SandboxCheck {
    const { sandbox: check, room } = this.#ports;
    if (check.state === "none") return check;
    const run: Sandbox["run"] = async (request) => {
      await room.free(reading.signal);
      const begun = recorded.begin(request, (asked) => check.sandbox.run({ ...asked, signal: runs.signal }));
      const ended = begun.catch(() => undefined).finally(() => this.#running.delete(ended));
      this.#running.add(ended);
      return begun;
    };
    return { state: "available", sandbox: { ...check.sandbox, run } };
  }

  /** The proof is due: nothing more is begun ahead, and what was begun answers its questions. */
  take(ticket: TicketKey, headSha: string, check: SandboxCheck, signal: AbortSignal): Taken {
    const held = this.#held.get(ticket);
    if (check.state === "none" || held?.headSha !== headSha) {
      this.drop(ticket);
      return { sandbox: check, end: () => undefined };
    }
    this.#held.delete(ticket);
    this.#stopReading(held);
    const abort = () => held.runs.abort();
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    this.#settings.onEvent?.({ kind: "taken", ticket });
    const end = () => {
      signal.removeEventListener("abort", abort);
      abort();
      held.recorded.end();
    };
    return { sandbox: { ...check, sandbox: answering(check.sandbox, held.recorded) }, end };
  }

  /** Whatever is held for this ticket but of this head is dropped. */
  keepOnly(ticket: TicketKey, headSha: string | null): void {
    if (this.#held.get(ticket)?.headSha !== headSha) this.drop(ticket);
  }

  drop(ticket: TicketKey): void {
    const held = this.#held.get(ticket);
    if (!held) return;
    this.#held.delete(ticket);
    this.#stopReading(held);
    held.runs.abort();
    held.recorded.end();
    this.#settings.onEvent?.({ kind: "dropped", ticket });
  }

  #stopReading(held: Held): void {
    clearTimeout(held.timer);
    held.reading.abort();
  }

  /** Resolves when nothing is read ahead. */
  async settled(): Promise<void> {
    while (this.#reading) await this.#reading;
  }

  async close(): Promise<void> {
    for (const ticket of [...this.#held.keys()]) this.drop(ticket);
    await this.settled();
    await Promise.all(this.#running);
  }
}

/** A run that was made ahead answers once; whatever else is asked is run. */
function answering(sandbox: Sandbox, recorded: RecordedRuns): Sandbox {
  const run: Sandbox["run"] = async (request) => {
    const one = recorded.next(request);
    const known = await one?.result;
    if (!one || !known) return sandbox.run(request);
    for (const chunk of one.chunks) request.onOutput?.(chunk);
    return known;
  };
  return sharingRuns({ ...sandbox, run }, sandbox);
}

function until(preparer: Preparer, signal: AbortSignal): Preparer {
  return { prepare: (request) => preparer.prepare({ ...request, signal }) };
}
