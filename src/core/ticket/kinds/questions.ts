import { paid } from "../progress.ts";
import type { Ticket } from "../ticket.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";
import { type TaskType } from "../../ledger/ids.ts";

export const questionAsked: Kind<"question_asked"> = {
  fold: (ticket, data) =>
    paid({ ...typed(ticket, data), questions: { asked: data.questions, state: "open" } }, "navigator", data.spend),
  isAwaited: atOnce,
  role: "navigator",
};

export const questionSkipped: Kind<"question_skipped"> = {
  fold: (ticket, data) =>
    paid({ ...typed(ticket, data), questions: { asked: [], state: "settled" } }, "navigator", data.spend),
  isAwaited: withTheNext,
  role: "navigator",
};

function typed(ticket: Ticket, { type: said }: { type?: TaskType | undefined }): Ticket {
  return said && ticket.route ? { ...ticket, route: { ...ticket.route, type: said } } : ticket;
}

export const questionAnswered: Kind<"question_answered"> = {
  fold: (ticket, data) => ({
    ...ticket,
    questions: { ...ticket.questions, state: "settled" },
    answers: [...ticket.answers, { by: data.by, text: data.text }],
  }),
  isAwaited: withTheNext,
  role: null,
};
