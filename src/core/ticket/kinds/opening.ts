import { progress } from "../progress.ts";
import { type Kind, withTheNext } from "./kind.ts";

/** Only the first entry opens a ticket (`fold.ts`); another one changes nothing. */
export const opened: Kind<"opened"> = { fold: (ticket) => ticket, isAwaited: withTheNext, role: null };

export const routed: Kind<"routed"> = {
  fold: (ticket, data) => progress({ ...ticket, route: data, assignment: data.assignment }),
  isAwaited: withTheNext,
  role: null,
};
