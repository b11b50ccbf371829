import type { TestText } from "./test-cases.ts";

/** The lines that a Go example says to print and does not say any more. A planned change of it is excused elsewhere. */
export function outputLost(before: TestText, after: TestText): string[] {
  if (!/^Example/.test(before.name)) return [];
  const now = new Set(outputOf(after));
  return outputOf(before).filter((line) => !now.has(line));
}

/** What stands behind `// Output:`. */
function outputOf({ node }: TestText): string[] {
  const [, said = ""] = /\/\/\s*(?:unordered )?output:(.*(?:\n\s*\/\/.*)*)/i.exec(node.text) ?? [];
  return said
    .split("\n")
    .map((line) => line.replace(/^\s*\/\//, "").trim())
    .filter((line) => line !== "");
}
