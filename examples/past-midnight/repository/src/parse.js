export const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
export const DAY_MINUTES = 24 * 60;

const RULE = /^([A-Z][a-z])(?:-([A-Z][a-z]))? (\d\d):(\d\d)-(\d\d):(\d\d)$/;

/**
 * @param {string} text such as "Mo-Fr 09:00-17:30; Sa 10:00-14:00"
 * @returns {{first: number, last: number, from: number, to: number}[]} days from 0 (Monday), minutes since midnight
 */
export function parseHours(text) {
  return text.split(";").map((rule) => parseRule(rule.trim()));
}

function parseRule(text) {
  const match = RULE.exec(text);
  if (!match) throw new SyntaxError(`"${text}" is not a rule; write for instance "Mo-Fr 09:00-17:30".`);
  const first = dayOf(match[1]);
  const last = match[2] ? dayOf(match[2]) : first;
  return { first, last, from: minutesOf(match[3], match[4]), to: minutesOf(match[5], match[6]) };
}

function dayOf(name) {
  const day = DAYS.indexOf(name);
  if (day < 0) throw new SyntaxError(`"${name}" is not a day; the days are ${DAYS.join(", ")}.`);
  return day;
}

function minutesOf(hours, minutes) {
  const time = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || time > DAY_MINUTES) throw new SyntaxError(`${hours}:${minutes} is not a time of day.`);
  return time;
}
