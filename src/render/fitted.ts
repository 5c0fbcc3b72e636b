import { type Item, type Section, sectionMarkdown, sectionsMarkdown } from "./sections.ts";

/*
 * A page cut to the room there is. Details go first; what takes something away goes last; and each section says how
 * much of it is not shown, and where the whole is.
 */

export interface Room {
  readonly most: number;
  /** What counts against `most`; of two texts one after the other it must be the sum. */
  readonly measure: (markdown: string) => number;
}

/** A comment or an issue: GitHub takes 65,536 characters, and what is hidden in it needs some. */
export const COMMENT_ROOM: Room = { most: 60_000, measure: ({ length }) => length };

/** One text of a check run: GitHub says 65,535 characters, and bytes are never fewer. */
export const CHECK_RUN_ROOM: Room = { most: 65_535, measure: bytesOf };

/** The job summary of a step: beyond 1 MiB GitHub shows none of it. */
export const SUMMARY_ROOM: Room = { most: 1_000_000, measure: bytesOf };

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The page in at most `most`, whole where it fits. `elsewhere` is Markdown of ours and says where the whole is: `the job
 * summary`. Less than what titles and counts alone need (some 300 a section) cannot be kept to. Ends with a line break.
 */
export function fitted(sections: readonly Section[], room: Room, elsewhere: string): string {
  const whole = sectionsMarkdown(sections);
  if (room.measure(whole) <= room.most) return whole;
  const fitting = { room, elsewhere };
  const least = sections.map((section) => partOf(section, NOTHING, fitting));
  const parts = STEPS.reduce<readonly Part[]>((page, step) => taken(page, step, fitting), least);
  return `${parts.map(({ markdown }) => markdown).join(BETWEEN)}\n`;
}

const BETWEEN = "\n\n";

interface Fitting {
  readonly room: Room;
  readonly elsewhere: string;
}

/** How much of a section is shown: so many blocks; of its items, from the first on, so many whole, in a line, by name. */
interface Shown {
  readonly blocks: number;
  readonly whole: number;
  readonly lines: number;
  readonly names: number;
}

type Form = keyof Shown;

const NOTHING: Shown = { blocks: 0, whole: 0, lines: 0, names: 0 };

interface Part {
  readonly section: Section;
  readonly shown: Shown;
  readonly markdown: string;
  readonly size: number;
}

/** A step makes more of some sections, one after the other, as long as the page stays within this share of the room. */
interface Step {
  readonly of: (section: Section) => boolean;
  readonly form: Form;
  readonly share: number;
}

const isFrame = ({ title, essential }: Section): boolean => essential && title === undefined;
const isEssential = ({ essential }: Section): boolean => essential;
const isOpen = ({ essential, fold }: Section): boolean => !essential && fold === "open";
const isFolded = ({ essential, fold }: Section): boolean => !essential && fold === "folded";

/*
 * The names of all that takes something away come before anything else. Its details leave a quarter of the room to what
 * gives; and a crowd of names there leaves some to the details of the first of them, which matter most.
 */
const STEPS: readonly Step[] = [
  { of: isFrame, form: "blocks", share: 1 },
  { of: isEssential, form: "blocks", share: 1 },
  { of: isEssential, form: "names", share: 1 },
  { of: isEssential, form: "lines", share: 0.75 },
  { of: isEssential, form: "whole", share: 0.75 },
  { of: isOpen, form: "blocks", share: 0.85 },
  { of: isOpen, form: "names", share: 0.85 },
  { of: isOpen, form: "lines", share: 1 },
  { of: isEssential, form: "lines", share: 1 },
  { of: isEssential, form: "whole", share: 1 },
  { of: isOpen, form: "blocks", share: 1 },
  { of: isOpen, form: "whole", share: 1 },
  { of: isOpen, form: "names", share: 1 },
  { of: isFolded, form: "blocks", share: 1 },
  { of: isFolded, form: "names", share: 1 },
  { of: isFolded, form: "lines", share: 1 },
  { of: isFolded, form: "whole", share: 1 },
];

function taken(page: readonly Part[], { of, form, share }: Step, fitting: Fitting): readonly Part[] {
  const most = fitting.room.most * share;
  const parts = [...page];
  for (const [index, part] of parts.entries()) {
    if (!of(part.section) || (form === "names" && !hasNames(part.section))) continue;
    parts[index] = raised(part, form, { ...fitting, free: most - sizeOf(parts) + part.size });
  }
  return parts;
}

function hasNames(section: Section): boolean {
  return itemsOf(section).every(({ name }) => name !== undefined);
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { size }) => sum + size + BETWEEN.length, 0);
}

/** The part with as much in the form as is free for all of it; as it was, where no more is. */
function raised(part: Part, form: Form, fitting: Fitting & { readonly free: number }): Part {
  const { section, shown } = part;
  const all = form === "blocks" ? section.blocks.length : itemsOf(section).length;
  const withCount = (count: number): Part => partOf(section, withShown(shown, form, count), fitting);
  // All of it needs no word about what is missing, so it may fit where all but one does not.
  const whole = withCount(all);
  if (whole.size <= fitting.free) return whole;
  let best = part;
  let [fits, tooMany] = [shown[form], all];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    const tried = withCount(count);
    if (tried.size <= fitting.free) [fits, best] = [count, tried];
    else tooMany = count;
  }
  return best;
}

function withShown(shown: Shown, form: Form, count: number): Shown {
  if (form === "blocks") return { ...shown, blocks: count };
  const whole = form === "whole" ? count : shown.whole;
  const lines = form === "names" ? shown.lines : Math.max(shown.lines, count);
  return { ...shown, whole, lines, names: Math.max(shown.names, count) };
}

function itemsOf({ items = [] }: Section): readonly Item[] {
  return items;
}

function partOf(section: Section, shown: Shown, { room, elsewhere }: Fitting): Part {
  const items = itemsOf(section);
  const names = items.slice(shown.lines, shown.names).map(({ name }) => name);
  const markdown = sectionMarkdown(section, [
    ...section.blocks.slice(0, shown.blocks),
    ...missingWords(section, shown, elsewhere),
    ...items.slice(0, shown.whole).map(({ whole }) => whole),
    ...items.slice(shown.whole, shown.lines).map(({ line }) => line),
    ...(names.length === 0 ? [] : [names.join(", ")]),
  ]);
  return { section, shown, markdown, size: room.measure(markdown) };
}

/** `Shortened: of 5000 entries 12 are in full, 100 in one line, 900 by name, 3988 not shown. All of it: the job summary.` */
function missingWords(section: Section, shown: Shown, elsewhere: string): readonly string[] {
  const items = itemsOf(section).length;
  const hidden = section.blocks.length - shown.blocks;
  if (shown.whole === items && hidden === 0) return [];
  const counts = (
    [
      ["in full", shown.whole],
      ["in one line", shown.lines - shown.whole],
      ["by name only", shown.names - shown.lines],
      ["not shown", items - shown.names],
    ] as const
  ).filter(([, count]) => count > 0);
  const [one, many] = section.noun ?? ["entry", "entries"];
  const told = [
    ...(shown.whole === items
      ? []
      : [
          `${items} ${items === 1 ? one : many}: ${counts.map(([how, count]) => `${count} ${how}`).join(", ")}`,
        ]),
    ...(hidden === 0 ? [] : [`${hidden} ${hidden === 1 ? "paragraph" : "paragraphs"} not shown`]),
  ];
  return [`✂️ Shortened. ${told.join("; ")}. All of it is in ${elsewhere}.`];
}
