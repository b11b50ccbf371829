// Held by test/desk/coding-agent.system.ts
import type { Program } from "../agent/program.ts";
import { NO_SPEND } from "../core/ledger/entries.ts";
import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import type { JournalScope } from "../models/journaled.ts";
import type { Model, Prices, Usage } from "../models/model.ts";
import { priced } from "../models/usage.ts";
import { spendOf } from "../agent/spend.ts";
import type { AgentCall, CodingAgent } from "../workspace/coding-agent.ts";
import type { StepContext } from "./step.ts";
import { unbooked } from "./unbooked.ts";

/** A coding agent with what its step has for it: the blobs, and the journal in which each of its calls is paid. */
export function programOf(
  { ticket, world }: StepContext,
  agent: CodingAgent,
  { name, prices }: Model,
  { scope, hear }: { readonly scope: JournalScope; readonly hear: (served: string) => void },
): Program {
  let calls = 0;
  return {
    agent,
    blobs: world.blobs,
    paidBefore: async () => (await unbooked(world.journal, ticket, NO_SPEND)).costMicroUsd,
    keep: (transcript) => world.artifacts.put(transcript),
    book: async (call) => {
      if (call.served !== null) hear(call.served);
      const usage = usageOf(call, prices);
      const at = world.now().toISOString();
      const { step, attempt } = scope;
      const question = { agent: name, path: call.path, requestSha256: call.requestSha256 };
      // Its questions are its own and never asked again, so each call is one that was only paid.
      const hash = sha256(canonicalJson({ agentCall: calls++, ticket: scope.ticket, step, attempt, question, at }));
      const served = call.served === null ? {} : { served: call.served };
      const reply = { outcome: "answered", text: "", toolCalls: [], echo: null, usage, ...served };
      const record = {
        hash,
        ticket: scope.ticket,
        step,
        attempt,
        kind: "model" as const,
        model: name,
        question,
        reply,
        at,
      };
      await world.journal.write({ ...record, latencyMs: call.latencyMs });
      return spendOf(usage);
    },
  };
}

function usageOf({ counts }: AgentCall, prices: Prices | null): Usage {
  return priced(counts, prices);
}
