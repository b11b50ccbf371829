import { SABOTAGE } from "./sabotage.ts";
import { tell } from "./story.ts";
import type { Wanted } from "./tellers.ts";

/** One process of several: it tells the seeds that it is given, one after the other. */
process.on("message", ({ seed, sabotage }: Wanted) => {
  void tell(seed, sabotage === null ? undefined : SABOTAGE[sabotage]).then((told) => process.send?.(told));
});
process.once("disconnect", () => process.exit());
