/*
 * What was measured, as a table of Markdown.
 */

/** One figure, several times. */
export type Figures = readonly number[];

export type Unit = "ms" | "MB" | "calls";

export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly figures: Figures;
  /** The bare SDK loop, each run right before ours. */
  readonly baseline?: Figures;
  /** The most that a ratio, or else the figure itself, may be; undefined: told, and not judged. */
  readonly goal?: Goal;
}

export interface Goal {
  readonly of: "ratio" | "figure";
  readonly most: number;
  /** How the most came about, where it is not fixed. */
  readonly because?: string;
}

const HEADER = `| what | iam-roster | bare SDK | ratio | goal | |
| --- | ---: | ---: | ---: | --- | --- |`;

export function tableOf(rows: readonly Row[]): string {
  return `${[HEADER, ...rows.map(lineOf)].join("\n")}\n`;
}

function lineOf(row: Row): string {
  const { what, unit, figures, baseline } = row;
  const ratio = baseline === undefined ? "" : ratioOf(row).toFixed(2);
  const cells = [
    what,
    spread(figures, unit),
    baseline ? spread(baseline, unit) : "",
    ratio,
    goalOf(row),
    verdict(row),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Median, least and most. */
function spread(figures: Figures, unit: Unit): string {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const middle = worded(median(figures), unit);
  return least === most ? middle : `${middle} (${worded(least, unit)}–${worded(most, unit)})`;
}

function worded(figure: number, unit: Unit): string {
  if (unit === "calls") return String(Math.round(figure));
  if (unit === "MB") return `${Math.round(figure)} MB`;
  return figure < 1000 ? `${Math.round(figure)} ms` : `${(figure / 1000).toFixed(2)} s`;
}

function goalOf({ goal, unit }: Row): string {
  if (goal === undefined) return "";
  const most = goal.of === "ratio" ? `${goal.most} times` : worded(goal.most, unit);
  return `at most ${most}${goal.because === undefined ? "" : ` (${goal.because})`}`;
}

function verdict(row: Row): string {
  if (row.goal === undefined) return "";
  return isMet(row) ? "ok" : "MISSED";
}

export function isMet(row: Row): boolean {
  if (row.goal === undefined) return true;
  return (row.goal.of === "ratio" ? ratioOf(row) : median(row.figures)) <= row.goal.most;
}

/** The median of the ratios of neighbouring runs: what slows the machine for a while slows both. */
function ratioOf({ figures, baseline = [] }: Row): number {
  return median(figures.map((figure, index) => figure / (baseline[index] ?? Number.NaN)));
}

function median(figures: Figures): number {
  const sorted = figures.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
