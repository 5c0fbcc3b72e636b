/*
 * A Markdown page as values, so that whoever has a budget can shed what can be spared and keep what cannot.
 */

export interface Section {
  /** Ours; undefined where the blocks stand for themselves. */
  readonly title: string | undefined;
  /** Markdown, to be set apart by empty lines; short, since it has no shorter form. */
  readonly blocks: readonly string[];
  /** What follows the blocks: one after the other, each in ever shorter forms. Undefined: nothing. */
  readonly items?: readonly Item[];
  /** What an item is called, one and many; undefined: an entry. */
  readonly noun?: readonly [string, string];
  /** Open: always in sight. Folded: behind its title. */
  readonly fold: "open" | "folded";
  /** The last to be shortened: the verdict, refusals, and what takes something away. */
  readonly essential: boolean;
}

/** One thing told in three lengths, in Markdown. */
export interface Item {
  readonly whole: string;
  /** An item of a list, bounded whatever the names: `- **emily** · change user: join group …`. */
  readonly line: string;
  /** To stand among others in a line of text; undefined where a name alone says nothing. */
  readonly name: string | undefined;
}

/** The whole page. Ends with a line break. */
export function sectionsMarkdown(sections: readonly Section[]): string {
  return `${sections
    .map(({ title, fold, blocks, items = [] }) =>
      sectionMarkdown({ title, fold }, [...blocks, ...items.map(({ whole }) => whole)]),
    )
    .join("\n\n")}\n`;
}

/** A section that shows these blocks and no others. */
export function sectionMarkdown(
  { title, fold }: Pick<Section, "title" | "fold">,
  blocks: readonly string[],
): string {
  const body = blocks.length === 0 ? [] : [apart(blocks)];
  if (fold === "folded") {
    return [`<details><summary>${title ?? "Details"}</summary>`, ...body, "</details>"].join("\n\n");
  }
  return [...(title === undefined ? [] : [`#### ${title}`]), ...body].join("\n\n");
}

/** By empty lines; but items of one list stand together. */
function apart(blocks: readonly string[]): string {
  return blocks
    .map((block, index) => {
      if (index === 0) return block;
      const inList = isListItem(block) && isListItem(blocks[index - 1] ?? "");
      return `${inList ? "\n" : "\n\n"}${block}`;
    })
    .join("");
}

function isListItem(block: string): boolean {
  return block.startsWith("- ");
}

/** The sections that have something to say. */
export function filled(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ blocks, items = [] }) => blocks.length + items.length > 0);
}
