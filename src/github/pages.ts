import { must } from "./wire.ts";

const PER_PAGE = 100;

type Page = { readonly page: number; readonly per_page: number };
type PageAnswer<T> = {
  readonly data: T[];
  readonly status: number;
  readonly headers: { readonly link?: string | undefined };
};

/** Reads a list to its end or `pagesMax`. Servers without a `Link` header are read until a page is not full. */
export async function pages<T>(
  what: string,
  pagesMax: number,
  load: (page: Page) => Promise<PageAnswer<T>>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    const request = load({ page, per_page: PER_PAGE });
    const data = await must(what, request);
    all.push(...data);
    const { link } = (await request).headers;
    const hasMore = link === undefined ? data.length === PER_PAGE : link.includes('rel="next"');
    if (!hasMore) break;
  }
  return all;
}
