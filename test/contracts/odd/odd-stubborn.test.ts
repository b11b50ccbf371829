import { beforeEach, expect, it } from "@jest/globals";
import { reset } from "../../../src/agent/loop.fixture.ts";
import { STUBBORN } from "./odd-stubborn.ts";
import { became } from "./run.ts";

/** Nothing of the answers depends on chance here: the step comes to its end because the question is put another way. */
beforeEach(reset);
it.each(["openai-chat", "anthropic", "openai-responses"] as const)(
  "brings a step over %s to its end where the same question always fails",
  async (wire) => {
    const failures: string[] = [];
    for (const [nth, odd] of STUBBORN.entries()) {
      reset();
      const { outcome, poison, free, sentences } = await became(odd, wire, nth % 2 === 0 ? "streamed" : "whole");
      if (outcome !== "answered" || poison.length > 0 || free.length > 0)
        failures.push(`${odd.name}: ${outcome} ${sentences.join(" ")} ${poison.join(" ")}`);
    }
    expect(failures).toEqual([]);
  },
);
