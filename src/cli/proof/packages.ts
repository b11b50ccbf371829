import type { Preparer } from "../../workspace/preparer.ts";
import type { ReportedItem } from "./report.ts";

/** Tests may be green without the packages that they ask for, by what this machine happens to have. That is said in any format. */
export function openPackages(preparer: Preparer): {
  readonly preparer: Preparer;
  /** What no item says already. */
  notes(items: readonly ReportedItem[]): string[];
} {
  const failed = new Set<string>();
  return {
    preparer: {
      async prepare(request) {
        const preparation = await preparer.prepare(request);
        if (preparation.outcome === "failed") failed.add(preparation.sentence);
        return preparation;
      },
    },
    notes: (items) =>
      [...failed]
        .filter((sentence) => !items.some(({ evidence }) => evidence.includes(sentence)))
        .map((sentence) => `Run with this machine's own packages only. ${sentence}`),
  };
}
