import { addSpend, NO_SPEND, type Spend } from "../core/ledger/entries.ts";
import { cost, count } from "../messages/format.ts";
import type { JournalRecord } from "../models/journal.ts";

/**
 * What a ticket has cost so far. The ledger books a step when it is done, so a call counts as soon as it is answered, and what
 * was shown once never shrinks to what is booked.
 */
export function paidSoFar() {
  let paid = NO_SPEND;
  let counted: "by the provider" | "partly estimated" = "by the provider";
  const words = () => `${counted === "partly estimated" ? "about " : ""}${cost(paid)}`;
  return {
    add: (record: JournalRecord) => {
      paid = addSpend(paid, spendOf(record));
      if (usageOf(record)?.["estimated"] === true) counted = "partly estimated";
    },
    booked: (spend: Spend) => {
      paid = largest(paid, spend);
    },
    calls: () => paid.calls,
    /** Beside a step that runs; "" while nothing is paid. */
    beside: () => (paid.calls > 0 ? words() : ""),
    sentence: () =>
      `${count(paid.calls, "model call")}, ${words()}${counted === "partly estimated" ? " (partly estimated: a provider did not count all tokens)" : ""}.`,
  };
}

function largest(one: Spend, other: Spend): Spend {
  const most = (name: keyof Spend) => Math.max(one[name], other[name]);
  return {
    calls: most("calls"),
    inputTokens: most("inputTokens"),
    outputTokens: most("outputTokens"),
    costMicroUsd: most("costMicroUsd"),
    unpricedTokens: most("unpricedTokens"),
  };
}

type Counted = Readonly<Record<string, unknown>>;

function usageOf({ reply, kind }: JournalRecord): Counted | null {
  return kind === "tool" ? null : ((reply as { usage?: Counted } | null)?.usage ?? null);
}

export function spendOf(record: JournalRecord): Spend {
  const usage = usageOf(record);
  if (!usage) return NO_SPEND;
  const count = (name: string) => (typeof usage[name] === "number" ? usage[name] : 0);
  const inputTokens = count("inputTokens") + count("cachedInputTokens") + count("cacheWriteTokens");
  const unpriced = usage["costMicroUsd"] === null ? inputTokens + count("outputTokens") : 0;
  return {
    calls: 1,
    inputTokens,
    outputTokens: count("outputTokens"),
    costMicroUsd: count("costMicroUsd"),
    unpricedTokens: unpriced,
  };
}
