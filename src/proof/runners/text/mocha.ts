import { caseName, counted, sumOf, type TestCase } from "../test-case.ts";
import type { LineReader } from "./line-reader.ts";
import { caseList, indentOf, NPM_BANNER, outline } from "./outline.ts";

/** Mocha's `spec`, and the numbers of all its reporters: `  3 passing (12ms)`. */
export function mochaReader(): LineReader {
  const suites = outline();
  const cases = caseList();
  const blocks: { passing: number; failing: number; pending: number }[] = [];
  const list = failureList();
  let repeating = false;
  return {
    line(text) {
      const number = /^ {2}(\d+) (passing|failing|pending)\b/.exec(text);
      if (number?.[2]) {
        if (number[2] === "passing") blocks.push({ passing: 0, failing: 0, pending: 0 });
        const last = blocks.at(-1);
        if (last) last[number[2] as keyof typeof last] += Number(number[1]);
        repeating = true;
        list.begin();
        return "sum";
      }
      if (repeating) list.line(text);
      // No test passes below the runner's own sum: then the sum was somebody else's.
      if (NPM_BANNER.test(text) || /^\s+[✔✓√] /.test(text)) repeating = false;
      if (repeating || !/^\s/.test(text)) return null;
      const mark = /^\s+(?:([✔✓√-])|(\d+)\)) (.+?)$/.exec(text);
      if (!mark?.[3]) {
        suites.enter(indentOf(text), text.trim());
        return null;
      }
      const name = caseName([...suites.at(indentOf(text)), mark[3].replace(/(?: \(\d+ms\)|: \d+ms)$/, "")]);
      cases.add({ file: null, name, outcome: mark[2] ? "failed" : mark[1] === "-" ? "skipped" : "passed" });
      return "part";
    },
    end() {
      if (blocks.length === 0) return null;
      const named = cases.list();
      const sums = blocks.map((one) => counted(one.passing, one.failing, one.pending));
      const count = sumOf(sums, named);
      // Reporters of dots and cats name only what failed, below the sum.
      const told = named.length > 0 ? named : list.end();
      return { runner: "mocha", count, cases: told, notLoaded: [] };
    },
  };
}

/** Below its sum: `  1) suite`, then each inner title on a line that is indented more, and a colon behind the last. */
function failureList() {
  const all = caseList();
  let open: string[] = [];
  const close = () => {
    const name = caseName(open).replace(/:$/, "");
    if (name !== "") all.add({ file: null, name, outcome: "failed" });
    open = [];
  };
  return {
    begin: close,
    line(text: string): void {
      const first = /^ {2}\d+\) (\S.*)$/.exec(text)?.[1];
      if (first) close();
      if (first) open.push(first);
      else if (open.length > 0 && /^ {7,}\S/.test(text) && open.length < TITLES_MAX) open.push(text);
      else close();
    },
    end(): TestCase[] {
      close();
      return all.list();
    },
  };
}

/** Nobody nests deeper; what follows is an error's text. */
const TITLES_MAX = 50;
