/*
 * A Markdown page as values, so that whoever has a budget can shed what can be spared and keep what cannot.
 */

export interface Section {
  /** Ours; undefined where the blocks stand for themselves. */
  readonly title: string | undefined;
  /** Markdown, to be set apart by empty lines. */
  readonly blocks: readonly string[];
  /** Open: always in sight. Folded: behind its title. */
  readonly fold: "open" | "folded";
  /** Must be shown whole, whatever the budget: the verdict, refusals, and what takes something away. */
  readonly essential: boolean;
}

/** The page. Ends with a line break. */
export function sectionsMarkdown(sections: readonly Section[]): string {
  return `${sections.map(sectionMarkdown).join("\n\n")}\n`;
}

function sectionMarkdown({ title, blocks, fold }: Section): string {
  if (fold === "folded") {
    return [`<details><summary>${title ?? "Details"}</summary>`, ...blocks, "</details>"].join("\n\n");
  }
  return [...(title === undefined ? [] : [`#### ${title}`]), ...blocks].join("\n\n");
}

/** The sections that have something to say. */
export function filled(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ blocks }) => blocks.length > 0);
}
