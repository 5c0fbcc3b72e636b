/** The text, without its byte order mark; undefined where the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  return decoded(bytes, false);
}

/** A cut character at the end passes where more bytes may follow. */
function decoded(bytes: Uint8Array, stream: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
  } catch {
    return undefined;
  }
}

/** What stands before the first byte that is not UTF-8, and the encoding that the file has by the look of it. */
export function badBytes(bytes: Uint8Array): {
  readonly before: string;
  readonly looksLike: string | undefined;
} {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decoded(bytes.subarray(0, middle), true) === undefined) bad = middle;
    else good = middle;
  }
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  const looksLike = mark === 0xfffe || mark === 0xfeff ? "UTF-16" : undefined;
  return { before: decoded(bytes.subarray(0, good), true) ?? "", looksLike };
}
