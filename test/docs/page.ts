import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/* The Markdown pages of the repository, as far as a test has to understand them. */

export const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block. Lines count from 1; `start` is the first line of its text. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly start: number;
  readonly lines: number;
  /** The last heading of the second level before it; "" before the first. */
  readonly section: string;
}

export interface Page {
  /** As seen from the checkout: `docs/design.md`. */
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** README.md, CONTRIBUTING.md and all of docs/. */
export function readPages(): readonly Page[] {
  const docs = readdirSync(join(CHECKOUT, "docs"), { recursive: true, encoding: "utf8" });
  const names = ["README.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`).toSorted()];
  return names
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const text = readFileSync(join(CHECKOUT, name), "utf8");
      return { name, text, blocks: blocksOf(text) };
    });
}

function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let section = "";
  let open: { readonly language: string; readonly start: number; readonly lines: string[] } | undefined;
  for (const [index, line] of page.split("\n").entries()) {
    const fence = /^ *```(\w*)/.exec(line);
    if (open !== undefined && fence === null) open.lines.push(line);
    else if (open !== undefined) {
      const { language, start, lines } = open;
      blocks.push({ language, start, section, text: lines.join("\n"), lines: lines.length });
      open = undefined;
    } else if (fence !== null) open = { language: fence[1] ?? "", start: index + 2, lines: [] };
    else section = /^## (.+)/.exec(line)?.[1] ?? section;
  }
  return blocks;
}

/** What stands between single back quotes, outside of fenced blocks. */
export function inlineCode({ text }: Page): readonly string[] {
  const prose = text.replaceAll(/^ *```[^]*?^ *```/gm, "");
  return [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, code = ""]) => code.replaceAll(/\s+/g, " "));
}

/** The page with other texts in some of its blocks. */
export function withTexts({ text }: Page, texts: ReadonlyMap<Block, string>): string {
  const lines = text.split("\n");
  const lastFirst = [...texts].toSorted(([one], [other]) => other.start - one.start);
  for (const [block, now] of lastFirst) {
    lines.splice(block.start - 1, block.lines, ...now.split("\n"));
  }
  return lines.join("\n");
}
