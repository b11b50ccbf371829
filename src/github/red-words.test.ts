import { expect, it } from "@jest/globals";
import type { Client } from "./client.ts";
import { type RedRun, redWords } from "./red-words.ts";

/** What a red check says, as whoever mends it reads it. */
type Annotation = { path: string; start_line: number; annotation_level?: string | null; message?: string | null };

async function words(output: RedRun["output"], annotations: readonly Annotation[] | "refused" = []) {
  const asked: unknown[] = [];
  const listAnnotations = async (where: unknown) => {
    asked.push(where);
    if (annotations === "refused") throw Object.assign(new Error("no"), { status: 404 });
    return { status: 200, data: annotations };
  };
  const client = { rest: { rest: { checks: { listAnnotations } } }, at: { owner: "a", repo: "b" } } as unknown as Client; // prettier-ignore
  return { said: await redWords(client, { id: 3, ...(output && { output }) }), asked };
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`);

it.each<[string, RedRun["output"], readonly string[]]>([
  ["nothing", undefined, []],
  ["empty fields", { summary: null, text: null }, []],
  ["summary and text", { summary: "1 failed", text: " a is b \n\n---\n* c" }, ["1 failed", "a is b", "* c"]],
  ["14 lines", { text: lines(14).join("\n") }, lines(14)],
  ["more lines", { text: lines(15).join("\n") }, lines(14)],
  ["long lines", { text: "x".repeat(301) }, ["x".repeat(300)]],
  ["no annotations", { summary: "s", annotations_count: 0 }, ["s"]],
])("%s", async (_what, output, said) => expect(await words(output)).toEqual({ said, asked: [] }));

it("ends with the annotations, each in one line", async () => {
  const marked: readonly Annotation[] = [
    { path: "a.ts", start_line: 3, annotation_level: "failure", message: "no\n  such name" },
    { path: "b.ts", start_line: 4, annotation_level: null, message: null },
    { path: "c.ts", start_line: 5, annotation_level: "warning", message: "y".repeat(400) },
  ];
  const { said, asked } = await words({ text: lines(15).join("\n"), annotations_count: 1 }, marked);
  const long = `c.ts:5 warning: ${"y".repeat(400)}`.slice(0, 300);
  expect(said).toEqual([...lines(14), "a.ts:3 failure: no such name", "b.ts:4 notice: ", long]);
  expect(asked).toEqual([{ owner: "a", repo: "b", check_run_id: 3, per_page: 10 }]);
  expect((await words({ summary: "s", annotations_count: 1 }, "refused")).said).toEqual(["s"]);
});
