/**
 * How many pages a list has. An empty list has one page, which is empty.
 * @param {{total: number, perPage: number}} list
 */
export function pageCount({ total, perPage }) {
  check(perPage);
  return Math.floor(total / perPage) + 1;
}

/** The items of one page; pages are counted from 1. */
export function pageOf({ items, page, perPage }) {
  check(perPage);
  return items.slice((page - 1) * perPage, page * perPage);
}

function check(perPage) {
  if (!Number.isInteger(perPage) || perPage < 1) throw new RangeError(`perPage must be a whole number above 0, not ${perPage}`);
}
