import type { Remark } from "../../src/core/ticket/finding.ts";

/** A blocker at line 2 of `src/a.js`. */
export const REMARK: Remark = {
  severity: "blocker",
  kind: "implementation",
  title: "t",
  path: "src/a.js",
  line: 2,
  quote: "return a;",
  problem: "p",
  instruction: "i",
};
