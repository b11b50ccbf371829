/**
 * Whether a place is open.
 * @param {ReturnType<typeof import("./parse.js").parseHours>} hours
 * @param {number} day 0 is Monday
 * @param {number} minute since midnight
 */
export function isOpen(hours, day, minute) {
  return hours.some((rule) => isOnDay(rule, day) && rule.from <= minute && minute < rule.to);
}

/** A range of days may run over the end of the week, as in Sa-Mo. */
function isOnDay({ first, last }, day) {
  return first <= last ? first <= day && day <= last : day >= first || day <= last;
}
