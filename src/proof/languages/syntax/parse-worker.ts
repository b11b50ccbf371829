import { parentPort } from "node:worker_threads";
import { parseText } from "./parse-text.ts";
import type { FlatTree } from "./syntax.ts";

/** The thread in which source code is parsed. It is ended from outside when it takes too long. */
export type ParseRequest = { readonly id: number; readonly language: string; readonly text: string };
export type ParseReply = { readonly id: number; readonly flat: FlatTree | null };

parentPort?.on("message", ({ id, language, text }: ParseRequest) => {
  void parseText(language, text).then(
    (flat) => parentPort?.postMessage({ id, flat } satisfies ParseReply),
    () => parentPort?.postMessage({ id, flat: null } satisfies ParseReply),
  );
});
