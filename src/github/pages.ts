import { must } from "./wire.ts";

/** GitHub's largest page. */
export const PER_PAGE = 100;

/** `after` is the mark of a list that is read by cursor. */
type Page = { readonly page?: number; readonly per_page: number; readonly after?: string };
type PageAnswer<T> = {
  readonly data: T[];
  readonly status: number;
  readonly headers: { readonly link?: string | undefined };
};

type Load<T> = (page: Page) => Promise<PageAnswer<T>>;

/**
 * Reads a list to its end or `pagesMax`, each page where the one before says that the next one is. Servers without a `Link`
 * header are read until a page is not full.
 */
export async function pages<T>(what: string, pagesMax: number, load: Load<T>): Promise<T[]> {
  return goOn(what, pagesMax, load, await loaded(what, load, FIRST));
}

/**
 * A list that grows at its end only, and of which anything may be deleted while it is read: what follows then moves up, past the edge
 * of pages that are counted. So they are read from the last one on to the first, where it is met once more.
 */
export async function pagesFromLast<T extends { readonly id: number }>(
  what: string,
  pagesMax: number,
  load: Load<T>,
): Promise<T[]> {
  const first = await loaded(what, load, FIRST);
  const last = pageIn(first.link ?? "", "last")?.page;
  if (last === undefined) return goOn(what, pagesMax, load, first);
  let found: T[] = [];
  for (let page = Math.min(last, pagesMax); page >= 1; page -= 1)
    found = [...(await loaded(what, load, { ...FIRST, page })).data, ...found];
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

const FIRST: Page = { page: 1, per_page: PER_PAGE };

type Loaded<T> = { readonly data: readonly T[]; readonly link: string | undefined };

async function loaded<T>(what: string, load: Load<T>, page: Page): Promise<Loaded<T>> {
  const request = load(page);
  const data = await must(what, request);
  return { data, link: (await request).headers.link };
}

async function goOn<T>(what: string, pagesMax: number, load: Load<T>, first: Loaded<T>): Promise<T[]> {
  const all = [...first.data];
  let { data, link } = first;
  for (let page = 2; page <= pagesMax; page += 1) {
    const counted = data.length === PER_PAGE ? { ...FIRST, page } : null;
    const next = link === undefined ? counted : pageIn(link, "next");
    if (!next) break;
    ({ data, link } = await loaded(what, load, next));
    all.push(...data);
  }
  return all;
}

const PLACES = { next: /<([^<>]*)>\s*;[^<>]*\brel="next"/, last: /<([^<>]*)>\s*;[^<>]*\brel="last"/ };

/** Only the place in the list is taken from the address: it may name the server and the repository by other names. */
function pageIn(link: string, which: keyof typeof PLACES): Page | null {
  const address = PLACES[which].exec(link)?.[1];
  if (address === undefined) return null;
  const query = new URLSearchParams(address.split("?")[1] ?? "");
  const [page, after] = [Number(query.get("page")), query.get("after")];
  const where = { ...(page > 0 ? { page } : {}), ...(after ? { after } : {}) };
  return Object.keys(where).length > 0 ? { ...where, per_page: PER_PAGE } : null;
}
