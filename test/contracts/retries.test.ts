import { expect, it } from "@jest/globals";
import type { Reply } from "../../src/models/model.ts";
import { question, READ_TOOL } from "./model.contract.ts";
import { CHAT, wireModel } from "./model-wires.ts";

/** One question is asked again some few times, and only what a server says about itself is learnt from its failures. */
type Sent = { readonly tools?: unknown; readonly response_format?: unknown; readonly stream_options?: unknown };
type Said = readonly [status: number, body: object];
const error = (status: number, message: string): Said => [status, { error: { message, code: status } }];
const DONE: Said = [200, CHAT.body({ say: "Done." })];
const CALL: Said = [200, CHAT.body({ call: [{ id: "c1", name: "read_file", args: { path: "a" } }] })];

function serving(said: (sent: Sent, nth: number) => Said) {
  const sent: Sent[] = [];
  const answering: typeof fetch = (_input, init) => {
    const body = JSON.parse(String(init?.body)) as Sent;
    const [status, page] = said(body, sent.push(body));
    return Promise.resolve(
      new Response(JSON.stringify(page), { status, headers: { "content-type": "application/json" } }),
    );
  };
  const model = wireModel(CHAT, { fetch: answering, lacks: ["streaming"] });
  const ask = (): Promise<Reply> => model.ask(question({ tools: [READ_TOOL], outputTokensMax: 16_000 }));
  return { sent, ask };
}

it("asks for a shorter answer twice where less and less can be afforded", async () => {
  const { sent, ask } = serving((_sent, nth) =>
    error(402, `You requested up to 16000 tokens, but can only afford ${15_000 - nth}.`),
  );
  expect(await ask()).toMatchObject({ cause: "money" });
  expect(sent.length).toBe(3);
});

it.each([500, 502])(
  "waits where a gateway got a page from its upstream (%i), and goes on offering tools",
  async (status) => {
    const { sent, ask } = serving((_sent, nth) =>
      nth % 2 === 1 ? error(status, "invalid character '<' looking for beginning of value") : DONE,
    );
    for (let nth = 0; nth < 3; nth += 1) {
      expect(await ask()).toMatchObject({ outcome: "unavailable", cause: "server" });
      expect(await ask()).toMatchObject({ outcome: "answered" });
    }
    expect(sent.every(({ tools }) => tools !== undefined)).toBe(true);
  },
);

const UNREAD = error(500, "XML syntax error on line 7: element <parameter> closed by </function>");

it("offers tools in words from then on where calls could not be read twice in a row", async () => {
  const { sent, ask } = serving(({ tools }) => (tools ? UNREAD : DONE));
  for (let nth = 0; nth < 3; nth += 1) expect(await ask()).toMatchObject({ outcome: "answered" });
  expect(sent.map(({ tools }) => tools !== undefined)).toEqual([true, false, true, false, false]);
});

it("counts the failures anew once a call was read", async () => {
  const { sent, ask } = serving(({ tools }, nth) => (tools === undefined ? DONE : nth % 3 === 0 ? CALL : UNREAD));
  for (let nth = 0; nth < 8; nth += 1) expect(await ask()).toMatchObject({ outcome: "answered" });
  expect(sent.map(({ tools }) => tools !== undefined)).toEqual(sent.map((_sent, nth) => nth % 3 !== 1));
});

it.each([
  "CUDA out of memory while applying chat template",
  "Internal error: failed to load chat_template from the hub: connection reset",
])("learns nothing from what failed by chance: %s", async (message) => {
  const { sent, ask } = serving((_sent, nth) => (nth === 1 ? error(500, message) : DONE));
  expect(await ask()).toMatchObject({ outcome: "unavailable", cause: "server" });
  expect(await ask()).toMatchObject({ outcome: "answered" });
  expect(Object.keys(sent[1] ?? {})).toEqual(Object.keys(sent[0] ?? {}));
});

it("asks once where a template fails without anything of before, and learns nothing", async () => {
  const { sent, ask } = serving((_sent, nth) => (nth === 1 ? error(500, "Jinja Exception: bad value") : DONE));
  expect(await ask()).toMatchObject({ cause: "request" });
  expect(sent.length).toBe(1);
});
