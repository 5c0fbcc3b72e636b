const SECOND = 1000;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", SECOND],
  ["m", 60 * SECOND],
  ["h", 60 * 60 * SECOND],
  ["d", 24 * 60 * 60 * SECOND],
  ["w", 7 * 24 * 60 * 60 * SECOND],
]);

/** Milliseconds of a duration as the files write it, `15s 5m 12h 7d 2w`; undefined where the text is not one. */
export function parseDuration(text: string): number | undefined {
  const unit = /^\d{1,5}[smhdw]$/.test(text) ? UNITS.get(text.slice(-1)) : undefined;
  return unit && Number(text.slice(0, -1)) * unit;
}

/** Milliseconds as the files write them, in the largest unit that fits: `90d`, `15s`. */
export function formatDuration(milliseconds: number): string {
  const fitting = [...UNITS].filter(([, unit]) => milliseconds >= unit && milliseconds % unit === 0).at(-1);
  const [name, unit] = fitting ?? ["s", SECOND];
  return `${milliseconds / unit}${name}`;
}
