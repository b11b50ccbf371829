import { PassThrough } from "node:stream";
import { afterEach, expect, it } from "@jest/globals";
import { askerAt } from "../../src/cli/desk/gates.ts";
import { toldAsLines } from "../../src/cli/desk/told.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { type Seat, sitDown, standUp } from "../support/desk.ts";
import { GREETER, loudStory, REVIEWS_ONLY } from "../support/stories.ts";

/** A person at each gate of a ticket, by the keys that they press and the signals that end the run meanwhile. */
afterEach(standUp);

const GATED = { ...GREETER, ".github/coop.yml": `planGate: always\n${REVIEWS_ONLY[".github/coop.yml"]}` };
const UNCLEAR = { title: "Add a loud option to greet somehow", body: "Maybe for halls. Not sure about the mark." };
const asks: ScriptEntry = { role: "navigator", turns: [{ answer: { clear: "no", questions: ["Which part?"] } }] };
const refuses: ScriptEntry = { role: "implementer", turns: Array.from({ length: 9 }, () => ({ say: "No." })) };

const GATES: Readonly<Record<string, (seat: Seat) => Promise<number>>> = {
  plan: async (seat) => worked(seat, await seat.begin(), loudStory(), []),
  merge: async (seat) => worked(seat, await seat.begin(), loudStory(), ["plan"]),
  question: async (seat) => worked(seat, await seat.begin({}, UNCLEAR), loudStory(asks), []),
  halt: async (seat) => worked(seat, await seat.begin(), loudStory(refuses), ["plan"]),
};

async function worked(seat: Seat, number: number, script: ReturnType<typeof loudStory>, yes: "plan"[]) {
  await seat.work(number, script, { yes });
  return number;
}

type Asked = { readonly said: string | null; readonly shown: string };

const INTERRUPT = "interrupt";
/** Each time that something is asked the next of `keys` is pressed. */
async function at(gate: string, keys: readonly string[], editor = "true"): Promise<Asked> {
  const seat = await sitDown(GATED);
  const number = await (GATES[gate] ?? GATES["plan"])!(seat);
  const ticket = fold(await seat.desk.ledgers.read(seat.desk.key(number)));
  if (!ticket) throw new Error("There is no ticket");
  const ending = new AbortController();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const left = [...keys];
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    shown += text;
    if (!/(> |differently\? |answer: )$/.test(text)) return;
    const key = left.shift() ?? "";
    setImmediate(() => (key === INTERRUPT ? ending.abort() : input.write(key)));
  });
  const stream = Object.assign(new PassThrough().resume(), { isTTY: false, columns: 80 });
  const told = toldAsLines(stream as unknown as NodeJS.WriteStream, "here");
  const interrupt = setTimeout(() => editor.includes("sleep") && ending.abort(), 50);
  const asker = askerAt({ desk: seat.desk, told, editor, signal: ending.signal, input, output });
  const said = await asker(ticket);
  clearTimeout(interrupt);
  expect(left).toEqual([]);
  return { said, shown };
}

it.each([
  ["plan", ["a\n"], "/coop approve"],
  ["plan", ["r\n", "Keep the old flag.\n"], "/coop rework Keep the old flag."],
  ["plan", ["r\n", "\n", "what\n", "p\n"], "/coop park"],
  ["merge", ["d\n", "a\n"], "/coop approve"],
  ["question", ["Only for CSV.\n"], "/coop answer Only for CSV."],
  ["question", ["\n"], null],
  ["halt", ["c\n"], "/coop resume"],
  ["halt", ["\n"], null],
] as const)("hears at the %s gate %j", async (gate, keys, said) => {
  expect((await at(gate, keys)).said).toBe(said);
});

it.each([
  ["plan", [INTERRUPT]],
  ["plan", ["r\n", INTERRUPT]],
  ["plan", ["s\n", INTERRUPT]],
  ["merge", [INTERRUPT]],
  ["merge", ["r\n", INTERRUPT]],
  ["question", [INTERRUPT]],
  ["halt", [INTERRUPT]],
  ["halt", ["r\n", INTERRUPT]],
] as const)("asks nothing more at the %s gate once %j has ended the run", async (gate, keys) => {
  expect((await at(gate, keys)).said).toBeNull();
});

it("asks nothing more once the run was ended in the editor", async () => {
  const { said, shown } = await at("plan", ["e\n"], "sleep 0.3; false");
  expect([said, shown.match(/> /g)]).toEqual([null, ["> "]]);
});
