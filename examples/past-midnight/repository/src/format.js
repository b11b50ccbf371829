import { DAYS } from "./parse.js";

/** Rules as text, one string a rule, in the notation that `parseHours` reads. */
export function formatHours(hours) {
  return hours.map(({ first, last, from, to }) => {
    const days = first === last ? DAYS[first] : `${DAYS[first]}-${DAYS[last]}`;
    return `${days} ${clock(from)}-${clock(to)}`;
  });
}

function clock(time) {
  const digits = (number) => String(number).padStart(2, "0");
  return `${digits(Math.floor(time / 60))}:${digits(time % 60)}`;
}
