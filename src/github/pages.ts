import { must } from "./wire.ts";

export const PER_PAGE = 100;

/** `after` is the mark of a list that is read by cursor. */
type Page = { readonly page?: number; readonly per_page: number; readonly after?: string };
type PageAnswer<T> = {
  readonly data: T[];
  readonly status: number;
  readonly headers: { readonly link?: string | undefined };
};

/**
 * Reads a list to its end or `pagesMax`, each page where the one before says that the next one is. Servers without a `Link`
 * header are read until a page is not full.
 */
export async function pages<T>(
  what: string,
  pagesMax: number,
  load: (page: Page) => Promise<PageAnswer<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let next: Page | null = { page: 1, per_page: PER_PAGE };
  for (let page = 1; next && page <= pagesMax; page += 1) {
    const request = load(next);
    const data = await must(what, request);
    all.push(...data);
    const { link } = (await request).headers;
    if (link !== undefined) next = pageIn(link);
    else next = data.length === PER_PAGE ? { page: page + 1, per_page: PER_PAGE } : null;
  }
  return all;
}

/** Only the place in the list is taken from the address: it may name the server and the repository by other names. */
function pageIn(link: string): Page | null {
  const address = /<([^<>]*)>\s*;[^<>]*\brel="next"/.exec(link)?.[1];
  if (address === undefined) return null;
  const query = new URLSearchParams(address.split("?")[1] ?? "");
  const [page, after] = [Number(query.get("page")), query.get("after")];
  const where = { ...(page > 0 ? { page } : {}), ...(after ? { after } : {}) };
  return Object.keys(where).length > 0 ? { ...where, per_page: PER_PAGE } : null;
}
