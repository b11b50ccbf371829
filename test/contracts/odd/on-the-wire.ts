import type { WireName } from "./encode.ts";
import type { Bytes } from "./loopback.ts";
import { EDIT, type Odd, VERDICT } from "./odd.ts";

/** One odd answer of one API as its bytes. */
export type OnTheWire = Pick<Odd, "name" | "to" | "means"> & { readonly wire: WireName; readonly bytes: Bytes };

type Row = readonly [name: string, bytes: Bytes | Bytes["chunks"], means?: Odd["means"]];
export function wired(wire: WireName, to: Odd["to"], means: Odd["means"], all: readonly Row[]): OnTheWire[] {
  return all.map(([name, bytes, own]) => ({
    ...{ wire, to, name, means: own ?? means },
    bytes: "chunks" in bytes ? bytes : { chunks: bytes },
  }));
}

export const GOOD = JSON.stringify(VERDICT);
export const ARGS = JSON.stringify(EDIT);
export const READ = JSON.stringify({ path: "a.js" });
export const DONE = "data: [DONE]\n\n";
/** Where the arguments are cut in two. */
export const HALF = Math.floor(ARGS.length / 2);

export const json = (text: string, status = 200, headers: Readonly<Record<string, string>> = {}): Bytes => ({
  ...{ status, headers: { "content-type": "application/json", ...headers }, chunks: [text] },
});
