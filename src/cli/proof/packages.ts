import type { Preparer } from "../../workspace/preparer.ts";
import type { ReportedItem } from "./report.ts";

/** Tests may be green without the packages that they ask for, by what this machine happens to have. That is said in any format. */
export function openPackages(preparer: Preparer): {
  readonly preparer: Preparer;
  /** What no item says already. */
  notes(items: readonly ReportedItem[]): string[];
} {
  const failed = new Map<string, string>();
  return {
    preparer: {
      async prepare(request) {
        const preparation = await preparer.prepare(request);
        if (preparation.outcome === "failed") {
          const { sentence, what = [] } = preparation;
          const by = what.length === 0 ? "Run with this machine's own packages only." : `Run with ${what.join(", ")} only.`; // prettier-ignore
          failed.set(sentence, `${by} ${sentence}`);
        }
        return preparation;
      },
    },
    notes: (items) =>
      [...failed]
        .filter(([sentence]) => !items.some(({ evidence }) => evidence.includes(sentence)))
        .map(([, note]) => note),
  };
}
