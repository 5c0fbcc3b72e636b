/**
 * Does the calendar have this date (`2026-12-31`) or moment (RFC 3339)? The shape is right already; JavaScript takes
 * 30 February for 2 March.
 */
export function isRealDate(text: string): boolean {
  const date = text.slice(0, 10);
  const midnight = new Date(`${date}T00:00:00Z`);
  if (midnight.getUTCDate() !== Number(date.slice(8))) return false;
  // JavaScript also takes 24:00:00 and an offset of more than a day's minutes.
  return text.length === 10 || (/T([01]\d|2[0-3]):/.test(text) && !Number.isNaN(Date.parse(text)));
}
