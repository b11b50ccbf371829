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

/** Each part needs the one before it. */
export function partsStory(...names: string[]): Script {
  return partsStoryIn(Object.fromEntries(names.map((name, index) => [name, index === 0 ? [] : [index]])));
}

/** By name: the numbers of the parts that each one needs. */
export function partsStoryIn(order: Readonly<Record<string, number[]>>, ...special: ScriptEntry[]): Script {
  const names = Object.keys(order);
  const chunks = names.map((name) => part(name, order[name] ?? []));
  return [
    ...special,
    ...names.flatMap(builds),
    ...loudStory({ role: "architect", when: { task: "plan" }, turns: [{ answer: planned(chunks) }] }),
  ];
}
