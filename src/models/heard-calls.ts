import { isBlank } from "./lenient.ts";
import type { ToolCall, Turn } from "./model.ts";
import { normalTurns } from "./normal.ts";
import { markedCalls, spokenCalls } from "./spoken-calls.ts";
import { withoutThinking } from "./thoughts.ts";
import { legalName, type MeantCall, offeredName } from "./tool-calls.ts";
import type { Heard } from "./wires/wire.ts";

/** Who says nothing but a thought with a call in it has called: the mark between the two was forgotten. */
export function writtenCalls({ text, thought }: Heard, names: readonly string[]): MeantCall[] {
  const said = withoutThinking(text);
  return isBlank(said) ? markedCalls(isBlank(text) ? (thought ?? "") : text, names) : spokenCalls(said, names);
}

/** Every call of a conversation has an id of its own: the provider's where it is one, else ours. */
export function numbered(calls: readonly MeantCall[], before: readonly Turn[], names: readonly string[]): ToolCall[] {
  const calling: Turn = {
    from: "model",
    text: "",
    echo: null,
    toolCalls: calls.map(({ id, name, args, raw }) => ({
      ...{ id: id ?? "", args },
      name: offeredName(raw ?? name, names) ?? legalName(name),
    })),
  };
  const last = normalTurns([...before, calling]).findLast((turn) => turn.from === "model");
  return last?.from === "model" ? [...last.toolCalls] : [];
}
