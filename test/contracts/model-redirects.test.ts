import { describe, expect, it } from "@jest/globals";
import { ANSWER, question } from "./model.contract.ts";
import { type Wire, wireModel, WIRES } from "./model-wires.ts";
import { loopback } from "./odd/loopback.ts";

/** A server that sends requests on: the key and the repository's text go to nobody but the one that was configured. */
const MOVES: readonly [name: string, status: number, location: string, means: object, asked: readonly string[]][] = [
  ["a path of its own", 307, "/elsewhere/", { outcome: "answered" }, ["itself", "itself"]],
  ["itself for good", 308, "ORIGIN/elsewhere", { outcome: "answered" }, ["itself", "itself"]],
  ["another server", 307, "https://evil.example/v1?key=1", refused("to https://evil.example,"), ["itself"]],
  ["another port", 308, "ORIGIN:8443/v1", refused(":8443,"), ["itself"]],
  ["itself without TLS", 307, "PLAIN/v1", refused("to http://"), ["itself"]],
  ["itself as a GET", 302, "/elsewhere", refused("where the key is not sent"), ["itself"]],
  ["nowhere", 307, "", refused("it redirects to another address, where"), ["itself"]],
  ["no address", 307, "https://[", refused("it redirects to another address, where"), ["itself"]],
];

function refused(words: string): object {
  return { outcome: "rejected", cause: "missing", reason: expect.stringContaining(words) };
}

describe.each(WIRES.map((wire) => [wire.api, wire] as const))("%s, where the server sends on to", (_api, wire) => {
  it.each(MOVES)("%s by %i", async (_name, status, location, means, asked) => {
    const plain = wire.origin.replace("https:", "http:");
    const { reply, hosts } = await sentOn(wire, [
      status,
      location.replace("ORIGIN", wire.origin).replace("PLAIN", plain),
    ]);
    expect(reply).toMatchObject(means);
    expect(hosts).toEqual(asked.map(() => new URL(wire.origin).origin));
  });

  it("itself again and again, asks three times", async () => {
    const { reply, hosts } = await sentOn(wire, [307, "/again"], Infinity);
    expect(reply).toMatchObject({ outcome: "rejected", reason: expect.stringContaining("set baseUrl") });
    expect(hosts).toHaveLength(3);
  });
});

async function sentOn(wire: Wire, [status, location]: readonly [number, string], times = 1) {
  const hosts: string[] = [];
  const headers = { "content-type": "application/json", ...(location ? { location } : {}) };
  const answer = JSON.stringify(wire.body({ say: '{"good":true}' }));
  const server = await loopback((body) => {
    // A request that followed has to be whole.
    expect(JSON.parse(body)).toHaveProperty("model");
    return hosts.length <= times ? { status, headers, chunks: [] } : { headers, chunks: [answer] };
  });
  const fetching: typeof fetch = (input, init) => {
    hosts.push(new URL(String(input)).origin);
    return server.fetch(input, init);
  };
  try {
    return { reply: await wireModel(wire, { fetch: fetching }).ask(question({ answer: ANSWER })), hosts };
  } finally {
    await server.close();
  }
}
