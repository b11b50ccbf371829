import type { IncomingMessage } from "node:http";

/** What registries answered last to plain requests, where that was nothing good. What goes by TLS nobody sees but the package manager. */
export type Answers = {
  note(host: string, path: string, answer: IncomingMessage): void;
  /** By registry: the status, or a page that was made for people. */
  bad(): ReadonlyMap<string, BadAnswer>;
};
export type BadAnswer = number | "page";

/** Addresses come from repository code: a list without an end would fill the memory. */
const BAD_ANSWERS_MAX = 200;
/** A login page has its form soon. */
const LOOKED_AT_CHARS_MAX = 16_384;
/** A list of packages is a page too, and has nothing to fill in. */
const FORM = /<(?:form|input)\b/i;

export function answers(): Answers {
  const bad = new Map<string, { readonly host: string; readonly answer: BadAnswer }>();
  const set = (key: string, host: string, answer: BadAnswer) => {
    if (bad.size < BAD_ANSWERS_MAX) bad.set(key, { host, answer });
  };
  return {
    note: (host, path, answer) => {
      const key = `${host} ${path}`;
      const status = answer.statusCode ?? 0;
      // What is not there is for the package manager to judge: many ask for what may be there.
      if (!isBad(status)) bad.delete(key);
      else set(key, host, status);
      if (status === 200 && /^text\/html\b/i.test(answer.headers["content-type"] ?? ""))
        look(answer, () => set(key, host, "page"));
    },
    bad: () => new Map([...bad.values()].map(({ host, answer }) => [host, answer])),
  };
}

function isBad(status: number): boolean {
  return status >= 500 || [401, 403, 407, 429].includes(status);
}

function look(answer: IncomingMessage, isForPeople: () => void): void {
  let text = "";
  const read = (chunk: Buffer) => {
    text += chunk.toString("latin1").slice(0, LOOKED_AT_CHARS_MAX);
    const found = FORM.test(text);
    if (found) isForPeople();
    if (found || text.length >= LOOKED_AT_CHARS_MAX) answer.off("data", read);
  };
  answer.on("data", read);
}
