import { pageCount } from "./pages.js";

/**
 * Links for the page bar, as data: what to call them and where they lead.
 * @returns {{rel: "first" | "prev" | "next" | "last", href: string}[]}
 */
export function links({ total, perPage, page, url }) {
  const last = pageCount({ total, perPage });
  const to = (number) => `${url}?page=${number}`;
  return [
    { rel: "first", href: to(1) },
    ...(page > 1 ? [{ rel: "prev", href: to(page - 1) }] : []),
    ...(page < last ? [{ rel: "next", href: to(page + 1) }] : []),
    { rel: "last", href: to(last) },
  ];
}
