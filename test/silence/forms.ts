/* The forms in which a secret may stand in a text. */

/** The secret itself, and as JSON, a URL, hexadecimal and Base64 would have it, wherever in a longer text it stood. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const aligned = [0, 1, 2].flatMap((offset) => inBase64(bytes, offset));
  return [
    ...new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams([["", secret]]).toString().slice(1),
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
      ...aligned,
      ...aligned.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    ]),
  ];
}

/** What of the Base64 of a longer text depends on nothing but the secret, which begins `offset` bytes behind a group. */
function inBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replaceAll("=", "");
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((offset * 8) / 6), whole);
}
