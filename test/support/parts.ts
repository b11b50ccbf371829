import type { Script, ScriptEntry } from "../../src/models/script.ts";
import { aPlan, FINISH, loudStory, write } from "./stories.ts";

/** A plan of several parts, one after the other, each of which writes one file named like it. */
const file = (name: string) => `src/${name}.js`;
const part = (name: string, after: number[]) => ({
  title: `Part ${name}`,
  files: [{ path: file(name), action: "create" as const, intent: `Holds ${name}.` }],
  after,
  tests: [`${file(name)}: is there`],
});
const DONE = ["D1", "D2"].map((id) => ({
  id,
  statement: `${id} holds.`,
  evidence: { kind: "command" as const, reference: "npm test" },
}));
const planned = (chunks: ReturnType<typeof part>[]) => aPlan({ goal: "All of it.", chunks, definitionOfDone: DONE });

/** What the Architect and the Implementer do with the issue of a part. */
const builds = (name: string): ScriptEntry[] => [
  {
    role: "architect",
    when: { task: "plan", includes: `src/${name}.js\` (create)` },
    turns: [{ answer: planned([part(name, [])]) }],
  },
  {
    role: "implementer",
    when: { includes: `src/${name}.js\` (create)` },
    turns: [write(file(name), `export const ${name} = 1;\n`), { call: [{ name: "finish", args: FINISH }] }],
  },
];

export function partsStory(...names: string[]): Script {
  const chunks = names.map((name, index) => part(name, index === 0 ? [] : [index]));
  return [
    ...names.flatMap(builds),
    ...loudStory({ role: "architect", when: { task: "plan" }, turns: [{ answer: planned(chunks) }] }),
  ];
}
