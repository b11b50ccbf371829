/** What a diagnosis hands to the Architect. */
export const PLAN_A_FIX = {
  goal: "Plan a fix for this root cause.",
  next: "Plan the smallest fix and a test that fails today.",
} as const;
