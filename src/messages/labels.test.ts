import { describe, expect, it } from "@jest/globals";
import { PHASES, type Phase } from "../core/ticket/phase.ts";
import { labelOf } from "./labels.ts";

describe("the label of a phase", () => {
  it.each(Object.keys(PHASES) as Phase[])("%s looks as GitHub takes it", (phase) => {
    const label = labelOf(phase);
    expect(label?.name ?? null).toBe(PHASES[phase].label);
    if (!label) return;
    expect(label.colour).toMatch(/^[0-9a-f]{6}$/);
    expect(label.description.length).toBeGreaterThan(0);
    expect(label.description.length).toBeLessThanOrEqual(100);
  });
});
