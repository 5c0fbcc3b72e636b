import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

const BY_NAME = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "examples/README.md",
  "examples/many/README.md",
];

/** Those that are named, and all of docs/. */
export function readPages(): readonly Page[] {
  const docs = readdirSync(join(CHECKOUT, "docs"), { recursive: true, encoding: "utf8" });
  const names = [...BY_NAME, ...docs.map((name) => `docs/${name}`).toSorted()];
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
export function inlineCode(page: Page): readonly string[] {
  return [...proseOf(page).matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, code = ""]) => onOneLine(code));
}

export interface Link {
  readonly page: Page;
  readonly words: string;
  /** The file, as seen from the checkout; the page itself where the link is to a place in it. */
  readonly file: string;
  /** The name of the place in the file, without its `#`. */
  readonly anchor: string | undefined;
}

/** The links to files of the repository, and to places in them. */
export function linksOf(page: Page): readonly Link[] {
  const links = proseOf(page).matchAll(/\[([^\]]*)\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g);
  return [...links].map(([, words = "", path = "", anchor]) => ({
    page,
    words: onOneLine(words),
    file: path === "" ? page.name : join(dirname(page.name), path),
    anchor,
  }));
}

/** The names by which GitHub knows the headings of the page. */
export function anchorsOf(page: Page): ReadonlySet<string> {
  const slugs = [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
  const anchors = new Set<string>();
  // GitHub numbers what stands there twice.
  for (const [index, slug] of slugs.entries()) {
    const before = slugs.slice(0, index).filter((each) => each === slug).length;
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
}

function proseOf({ text }: Page): string {
  return text.replaceAll(/^ *```[^]*?^ *```/gm, "");
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
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
