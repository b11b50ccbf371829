import type { Model, Question, Reply, Watch } from "../../src/models/model.ts";
import { placeOf } from "../../src/models/scripted.ts";

/** One real call of a model, behind the journal: what would have cost money. */
export type Call = ReturnType<typeof placeOf> & { readonly model: string; readonly question: Question };

export type Tap = {
  readonly models: Model[];
  readonly calls: readonly Call[];
  /** Questions that were asked more than once, in words. Nothing may ever stand here. */
  repeated(): string[];
};

type Instead = (call: Call, count: number, signal?: AbortSignal, watch?: Watch) => Reply | null | Promise<Reply | null>;

/**
 * Models whose calls are counted, and may be answered by a scenario instead.
 * @param instead what a provider does to this call; null lets the model answer
 */
export function tapped(models: readonly Model[], instead: Instead = () => null): Tap {
  const calls: Call[] = [];
  const ask = (model: Model) => async (question: Question, signal?: AbortSignal, watch?: Watch) => {
    const call = { ...placeOf(question), model: model.name, question };
    const reply = instead(call, calls.length, signal, watch);
    calls.push(call);
    return (await reply) ?? model.ask(question, signal, watch);
  };
  return {
    models: models.map((model) => ({ ...model, ask: ask(model) })),
    calls,
    repeated: () => {
      const asked = calls.map((call) => JSON.stringify([call.model, call.question]));
      return calls.filter((_, index) => asked.indexOf(asked[index] ?? "") < index).map(nameOf);
    },
  };
}

function nameOf({ model, role, task, round, turn }: Call): string {
  return `${model} as ${role} (${task}), round ${round}, turn ${turn}`;
}
