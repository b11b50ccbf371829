import { code } from "../escape.ts";
import { count, dollars, number } from "../format.ts";
import type { Sentences } from "./by-code.ts";

/** What is used up: of a ticket's money or tokens, of a day's money or tickets. */
export const BUDGET_SENTENCES: Sentences<
  "tickets-of-day" | "call-over-budget" | "call-over-tokens" | "day-budget-used" | "account-budget-used"
> = {
  "tickets-of-day": ({ perDay }) =>
    `The policy allows ${count(perDay, "new ticket")} a day (\`limits.ticketsPerDay\`), and today's are taken.`,
  "call-over-budget": ({ model, costMicroUsd, leftMicroUsd }) =>
    `The next call of \`${model}\` may cost up to ${dollars(costMicroUsd)}. This ticket has ${dollars(Math.max(0, leftMicroUsd))} left.`,
  "call-over-tokens": ({ model, tokens, leftTokens }) =>
    `The next call of \`${model}\` may take up to ${number(tokens)} tokens. This ticket has ${number(leftTokens)} left.`,
  "day-budget-used": ({ perDayMicroUsd }) =>
    `This repository may cost ${dollars(perDayMicroUsd)} a day, and the next call does not fit into what is left of today. A new day starts at midnight UTC.`,
  "account-budget-used": ({ account, perDayMicroUsd }) =>
    `The repositories of ${code(account)} may together cost ${dollars(perDayMicroUsd)} a day on this server, and the next call does not fit into what is left of today. A new day starts at midnight UTC. The operator can raise \`limits.usdPerAccountAndDay\`.`,
};
