import type { Answer, Call } from "./route.ts";

/** Lists come in pages with a `Link` header. GitHub gives 30 of a kind unless asked, and never more than 100. */
const PER_PAGE = 30;
const PER_PAGE_MAX = 100;

export type Page<T> = { readonly items: T[]; readonly headers: Record<string, string> };

export function page<T>(call: Pick<Call, "query" | "address">, all: readonly T[]): Page<T> {
  const perPage = Math.min(positive(call.query.get("per_page")) ?? PER_PAGE, PER_PAGE_MAX);
  const number = positive(call.query.get("page")) ?? 1;
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const targets: [string, number][] = [];
  if (number > 1) targets.push(["first", 1], ["prev", number - 1]);
  if (number < last) targets.push(["next", number + 1], ["last", last]);
  const link = targets.map(([name, target]) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(target));
    return `<${call.address}?${query}>; rel="${name}"`;
  });
  const items = all.slice((number - 1) * perPage, number * perPage);
  return { items, headers: link.length > 0 ? { Link: link.join(", ") } : {} };
}

export function listed<T>(call: Call, all: readonly T[], view: (item: T) => unknown): Answer {
  const { items, headers } = page(call, all);
  return { status: 200, body: items.map(view), headers };
}

/** Items in the order that `sort` and `direction` ask for: by time of creation unless the client says "updated". */
export function ordered<T extends { readonly createdAt: string; readonly updatedAt: string; readonly id: number }>(
  { query }: Pick<Call, "query">,
  items: readonly T[],
  usual: "asc" | "desc",
): T[] {
  const field = query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const ascending = items.toSorted((a, b) => a[field].localeCompare(b[field]) || a.id - b.id);
  return (query.get("direction") ?? usual) === "desc" ? ascending.reverse() : ascending;
}

function positive(value: string | null): number | null {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : null;
}
