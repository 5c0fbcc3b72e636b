/** So many GitHub gives at a time. */
export const A_PAGE = 100;

export interface AskedPage {
  readonly per_page: number;
  /** From 1. */
  readonly page: number;
}

/** All items of all pages, by their numbers: where a page says that the next one is, another server might be. */
export async function allPages<Item>(
  read: (page: AskedPage) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const found = await read({ per_page: A_PAGE, page });
    items.push(...found);
    if (found.length < A_PAGE) return items;
  }
}
