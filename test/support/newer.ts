import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from "node:crypto";
import { canonicalJson } from "../../src/core/ledger/chain.ts";
import { type Entry, entryOf } from "../../src/core/ledger/entry.ts";
import { aDraft, TEST_SECRET, TEST_START, TEST_TICKET } from "./builders.ts";

/** What a later version may write. It is linked here by the words of docs/API.md and not by this version's code. */
export type RawBody = { readonly kind: string; readonly data: object; readonly [more: string]: unknown };

export function linkRaw(bodies: readonly RawBody[], ticket = TEST_TICKET, secret = TEST_SECRET): object[] {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "cooperations ledger v2 ed25519", 32));
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const key = createPublicKey(privateKey).export({ format: "jwk" }).x;
  let prev = "";
  return bodies.map((body, index) => {
    const open = {
      v: 2,
      ticket,
      seq: index + 1,
      at: new Date(TEST_START.getTime() + index).toISOString(),
      prev,
      ...(index === 0 ? { signed: { key } } : {}),
      ...body,
    };
    const hash = createHash("sha256").update(canonicalJson(open)).digest("hex");
    prev = hash;
    const sig = sign(null, Buffer.from(`cooperations ledger v2 entry\n${hash}`), privateKey).toString("base64url");
    return { ...open, hash, sig };
  });
}

export function readRaw(raw: readonly object[]): Entry[] {
  return raw.map((one) => entryOf(one) as Entry);
}

const plus = (body: RawBody, data: object, more: object = {}): RawBody => ({
  ...body,
  ...more,
  data: { ...body.data, ...data },
});

/** Kinds that this version knows, with fields that it does not: in the data, deep inside it and beside it. */
export const NEW_FIELDS: readonly RawBody[] = [
  plus(aDraft("opened"), { desk: { path: "shop", people: ["mona"] } }),
  plus(aDraft("routed"), { epic: null }, { via: "desk" }),
  plus(aDraft("planned"), { confidence: { level: 3 } }),
  aDraft("plan_approved"),
];

export const ESCORTED: RawBody = { kind: "escorted", data: { by: "alice", spend: { calls: 3 }, note: "a new thing" } };

/** What this version cannot understand: a new kind, and known kinds with values that came later. */
export const BEYOND: readonly (readonly [what: string, body: RawBody])[] = [
  ["a kind", ESCORTED],
  ["a halt reason", plus(aDraft("halted"), { reason: "moon-phase" })],
  ["a step", plus(aDraft("step_failed"), { step: "prepare" })],
  ["a role", plus(aDraft("dispute_settled"), { by: "umpire" })],
  [
    "an item of the proof",
    plus(aDraft("proof_collected"), {
      items: [{ id: "licences", state: "proven", required: false, evidence: "All known.", details: [] }],
    }),
  ],
  [
    "a state of an item",
    plus(aDraft("proof_collected"), {
      items: [{ id: "checks", state: "deferred", required: true, evidence: "Later.", details: [] }],
    }),
  ],
  ["a longer text", plus(aDraft("stopped"), { why: "x".repeat(9000) })],
  ["a format of its envelope", { ...aDraft("stopped"), kind: "newer" }],
];
