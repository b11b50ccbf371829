import { reviewingTask } from "./review.ts";

export const attackTask = reviewingTask(
  "adversary",
  "attack",
  "Attack this change. The first review is done; find what it missed, and judge the verification steps.",
);
