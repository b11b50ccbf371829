import { handed, paid } from "../progress.ts";
import { withExcused } from "../test-requests.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const diagnosed: Kind<"diagnosed"> = {
  fold: (ticket, data) => handed(paid({ ...ticket, diagnosis: data.diagnosis }, "reviewer", data.spend), data.handoff),
  isAwaited: withTheNext,
  role: "reviewer",
};

export const planned: Kind<"planned"> = {
  fold: (ticket, data) =>
    handed(
      paid({ ...ticket, plan: { ...data, approvedBy: null, approvedAt: null }, epic: null }, "architect", data.spend),
      data.handoff,
    ),
  isAwaited: atOnce,
  role: "architect",
};

export const planApproved: Kind<"plan_approved"> = {
  fold: (ticket, data, at) => ({
    ...ticket,
    plan: ticket.plan && { ...ticket.plan, approvedBy: data.by, approvedAt: at },
  }),
  isAwaited: withTheNext,
  role: null,
};

export const testsExcused: Kind<"tests_excused"> = {
  fold: (ticket, { testChanges }) => ({
    ...ticket,
    plan: withExcused(ticket.plan, testChanges),
    testRequests: { ...ticket.testRequests, open: [] },
  }),
  isAwaited: withTheNext,
  role: null,
};
