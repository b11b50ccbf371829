import { type Kind, withTheNext } from "./kind.ts";

export const overlapNoticed: Kind<"overlap_noticed"> = {
  fold: (ticket, data, at) => {
    const until = new Date(Date.parse(at) + data.hours * 3_600_000).toISOString();
    const state = data.hours > 0 ? ("waiting" as const) : ("over" as const);
    return { ...ticket, overlaps: [...ticket.overlaps, { with: data.with, files: data.files, until, state }] };
  },
  isAwaited: withTheNext,
  role: null,
};

export const overlapEnded: Kind<"overlap_ended"> = {
  fold: (ticket, data) => ({
    ...ticket,
    overlaps: ticket.overlaps.map((one) => (one.with === data.with ? { ...one, state: "over" as const } : one)),
    plan: ticket.plan && data.baseSha !== null ? { ...ticket.plan, baseSha: data.baseSha } : ticket.plan,
  }),
  isAwaited: withTheNext,
  role: null,
};
