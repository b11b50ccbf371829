import { z } from "zod";
import { paid } from "../../ticket/progress.ts";
import { modelName, short, spendSchema } from "../records.ts";
import type { Ticket } from "../../ticket/ticket.ts";
import { login, source } from "./fields.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";
import { PERSON_TEXT_CHARS_MAX, QUESTIONS_MAX } from "../limits.ts";
import { taskTypeSchema, type TaskType } from "../ids.ts";

/** What the Navigator asks when a ticket is unclear, and what people answer. */

/** What kind of task it takes the ticket for, where the router was not sure. Absent: nobody asked, or it did not say. */
const type = taskTypeSchema.optional();

export const questionAskedData = z.object({
  model: modelName,
  questions: z.array(short).min(1).max(QUESTIONS_MAX),
  type,
  spend: spendSchema,
});

export const questionAsked: Kind<"question_asked"> = {
  fold: (ticket, data) =>
    paid({ ...typed(ticket, data), questions: { asked: data.questions, state: "open" } }, "navigator", data.spend),
  isAwaited: atOnce,
  role: "navigator",
};

export const questionSkippedData = z.object({ model: modelName, why: short, type, spend: spendSchema });

export const questionSkipped: Kind<"question_skipped"> = {
  fold: (ticket, data) =>
    paid({ ...typed(ticket, data), questions: { asked: [], state: "settled" } }, "navigator", data.spend),
  isAwaited: withTheNext,
  role: "navigator",
};

function typed(ticket: Ticket, { type: said }: { type?: TaskType | undefined }): Ticket {
  return said && ticket.route ? { ...ticket, route: { ...ticket.route, type: said } } : ticket;
}

export const questionAnsweredData = z.object({ by: login, source, text: z.string().max(PERSON_TEXT_CHARS_MAX) });

export const questionAnswered: Kind<"question_answered"> = {
  fold: (ticket, data) => ({
    ...ticket,
    questions: { ...ticket.questions, state: "settled" },
    answers: [...ticket.answers, { by: data.by, text: data.text }],
  }),
  isAwaited: withTheNext,
  role: null,
};
