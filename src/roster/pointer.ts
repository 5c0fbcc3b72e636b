/*
 * JSON Pointers (RFC 6901) name the places inside a file's value: `/users/emily/groups/0`.
 */

export function pointer(...segments: readonly (string | number)[]): string {
  let text = "";
  for (const segment of segments) text += `/${escaped(String(segment))}`;
  return text;
}

function escaped(segment: string): string {
  return /[~/]/.test(segment) ? segment.replaceAll("~", "~0").replaceAll("/", "~1") : segment;
}

export function segmentsOf(text: string): readonly string[] {
  if (text === "") return [];
  return text
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}
