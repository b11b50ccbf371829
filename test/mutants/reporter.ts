import { relative } from "node:path";
import { covered, type Functions } from "./covered.ts";

type Test = { readonly path: string };
type Result = {
  readonly numFailingTests: number;
  readonly testExecError?: unknown;
  readonly perfStats: { readonly start: number; readonly end: number };
  v8Coverage?: readonly { readonly result: { readonly url: string; readonly functions: Functions } }[] | undefined;
};

/** What the run tells the one that started it, a line of JSON each. */
export type Told =
  | { readonly begun: string }
  /** Which test failed first; the run ends with it. */
  | { readonly red: string }
  /** `ran`: by source, from where to where it was run, in pairs. */
  | { readonly ended: string; readonly ms: number; readonly ran: Readonly<Record<string, readonly number[]>> };

function tell(what: Told): void {
  process.stdout.write(`\n${JSON.stringify(what)}\n`);
}

/** Ends the run at the first red test, or says which places each file ran. */
export default class Reporter {
  onTestFileStart({ path }: Test): void {
    tell({ begun: relative(process.cwd(), path) });
  }

  onTestCaseResult({ path }: Test, { status, fullName }: { readonly status: string; readonly fullName: string }): void {
    if (status === "failed") this.red(path, fullName);
  }

  onTestFileResult({ path }: Test, result: Result): void {
    if (result.numFailingTests > 0 || result.testExecError) this.red(path, "");
    const ran = (result.v8Coverage ?? []).map(({ result: { url, functions } }) => {
      return [relative(process.cwd(), url), covered(functions)] as const;
    });
    // Jest would keep it of every file until the end, and then take minutes to add it up.
    result.v8Coverage = undefined;
    const { start, end } = result.perfStats;
    tell({ ended: relative(process.cwd(), path), ms: end - start, ran: Object.fromEntries(ran) });
  }

  onRunComplete(): void {
    this.exit(0);
  }

  private red(path: string, name: string): void {
    tell({ red: `${relative(process.cwd(), path)}${name ? ` › ${name}` : ""}` });
    this.exit(1);
  }

  /** Without waiting for what Jest still sums up; what was told goes out first. */
  private exit(code: number): void {
    process.stdout.write("", () => process.exit(code));
  }
}
