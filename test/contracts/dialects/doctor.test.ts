import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { checkModel, tableOf } from "../../../src/cli/doctor-models.ts";
import type { ReadyEntry } from "../../../src/models/doors.ts";
import { REVIEW } from "../../../src/agent/loop.fixture.ts";
import type { Dialect } from "./dialect.ts";
import { DIALECTS } from "./index.ts";
import { type DialectServer, dialectServer } from "./server.ts";

/** What `coop doctor --models` says of each family, told about it and not told. */
const CALL = { calls: [{ name: "read_file", args: { path: "sky.txt", start_line: 1, end_line: 0, start_column: 1 } }] };
const ANSWER = { text: JSON.stringify(REVIEW) };
const SCRIPT = [CALL, ANSWER, CALL, ANSWER];

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))("doctor and %s", (_name, dialect) => {
  let server: DialectServer;
  beforeAll(async () => {
    server = await dialectServer(dialect);
  });
  afterAll(() => server.close());
  const at = (entry: Dialect["entry"]): ReadyEntry => ({
    ...{ name: "tested", vendor: "acme", model: "model-1", baseUrl: server.url, apiKey: "sk-test" },
    ...entry,
  });

  it("is told that all is well where the settings fit", async () => {
    server.play(SCRIPT);
    const check = await checkModel(at(dialect.entry));
    expect([check.cells.slice(0, 3), check.settings, check.next]).toEqual([["yes", "yes", "yes"], [], null]);
  });

  it("names settings that spare every refusal", async () => {
    const {
      family: _family,
      lacks: _lacks,
      contextTokensMax: _window,
      outputTokensMax: _limit,
      ...entry
    } = dialect.entry;
    // The first call of a stream may be lost.
    server.play(dialect.name === "ollama" ? [CALL, ...SCRIPT] : SCRIPT);
    const first = await checkModel(at(entry));
    expect(first.next).toBeNull();
    server.play(SCRIPT);
    const second = await checkModel(at({ ...entry, ...asSettings(first.settings) }));
    expect([server.refused, second.settings, second.next]).toEqual([[], [], null]);
  });
});

/** As an operator copies them into the pool's entry. */
function asSettings(settings: readonly string[]): Partial<ReadyEntry> {
  return JSON.parse(`{${settings.join(",")}}`) as Partial<ReadyEntry>;
}

describe("the table", () => {
  it("stands in columns", () => {
    const well = { name: "a-long-name", cells: ["yes", "yes", "NO", "x"], settings: [], next: null };
    const gone = { name: "b", cells: ["no", "", "", "It is gone."], settings: [], next: "Look." };
    expect(tableOf([well, gone])).toEqual([
      "model        tool call  answer in schema  both  answered by",
      "a-long-name  yes        yes               NO    x",
      "b            no                                 It is gone.",
    ]);
  });
});
