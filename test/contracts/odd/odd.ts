/** One odd answer in the middle of a step, in no wire's own form; `encode.ts` spells it for each. */
export type Odd = {
  readonly kind: string;
  readonly name: string;
  /** Who gets it: a writer, whose call edits a file, or a reviewer, whose text is the answer. */
  readonly to: "writer" | "reviewer";
  readonly said: RawSaid | RawHttp;
  /** `accept`: it means one thing only. `retry`: whatever it means, the step goes on or is tried again. */
  readonly means: "accept" | "retry";
  /** It comes again for each request of which this is true. */
  readonly whenever?: (request: Readonly<Record<string, unknown>>) => boolean;
};

export type RawCall = { readonly id?: unknown; readonly name: unknown; readonly args: unknown };

/** What a model says, with nothing in it put right. */
export type RawSaid = {
  /** `undefined`: the field is missing. */
  readonly text?: unknown;
  readonly calls?: readonly RawCall[];
  /** Why it ended, in the words of the wire's family; default: as each should. */
  readonly end?: unknown;
  readonly usage?: unknown;
  /** Fields beside the message's own. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The stream ends after this share of its bytes; a body without a stream is cut likewise. */
  readonly cutAt?: number;
};

/** A whole HTTP answer that is no answer of the API. */
export type RawHttp = {
  readonly status: number;
  readonly type: string;
  readonly http: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The edit that a writer's odd answer means. */
export const EDIT = { path: "a.js", old_text: "two", new_text: "2" };
/** The answer that a reviewer's odd answer means; `summary` tells it from the one that comes after. */
export const VERDICT = {
  summary: "odd",
  attacked: ["empty input"],
  findings: [] as unknown[],
  followUps: [] as unknown[],
  done: [] as unknown[],
  verificationSteps: { usable: "yes", why: "exact" },
};
export const FINDING = {
  ...{ severity: "concern", kind: "implementation", title: "Counts too little", path: "a.js", line: 2, quote: "two" },
  ...{ problem: "It stops at two.", instruction: "Change a.js; add a test." },
};

type Row = readonly [name: string, said: RawSaid | RawHttp, means?: "accept" | "retry"];
export function rows(kind: string, to: Odd["to"], means: Odd["means"], all: readonly Row[]): Odd[] {
  return all.map(([name, said, own]) => ({ kind, name, to, said, means: own ?? means }));
}
