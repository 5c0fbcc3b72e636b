import type { Call } from "./call.ts";

/** GitHub gives 30 where nobody says how many, and 100 where somebody asks for more. */
const USUAL = 30;
const MOST = 100;

export const PAGING = ["per_page", "page"] as const;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly headers: Readonly<Record<string, string>>;
}

/** One page of a list, and the links to the others; a page after the last is empty. */
export function pageOf<Item>(call: Call, all: readonly Item[]): Page<Item> {
  const size = Math.min(Number(call.query["per_page"] ?? USUAL) || USUAL, MOST);
  const page = Math.max(Number(call.query["page"] ?? 1), 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const items = all.slice((page - 1) * size, page * size);
  const links = [
    ...(page > 1 ? [["prev", Math.min(page - 1, last)] as const] : []),
    ...(page < last ? [["next", page + 1] as const, ["last", last] as const] : []),
    ...(page > 1 ? [["first", 1] as const] : []),
  ];
  if (links.length === 0) return { items, headers: {} };
  const link = links.map(([rel, to]) => `<${urlOf(call, to)}>; rel="${rel}"`).join(", ");
  return { items, headers: { link } };
}

function urlOf({ url }: Call, page: number): string {
  const next = new URL(url);
  next.searchParams.set("page", `${page}`);
  return next.href;
}
