import { describe, expect, it } from "@jest/globals";
import { PHASES, type Phase } from "../core/ticket/phase.ts";
import { labelOf } from "./label-colours.ts";

describe("the label of a phase", () => {
  it.each(Object.keys(PHASES) as Phase[])("%s looks as GitHub takes it", (phase) => {
    const label = labelOf(phase);
    expect(label?.name ?? null).toBe(PHASES[phase].label);
    if (PHASES[phase].turn === "nobody" || !label) return;
    expect(label.look?.colour).toMatch(/^[0-9a-f]{6}$/);
    expect(label.look?.description).toMatch(/^.{1,100}$/);
  });
});
