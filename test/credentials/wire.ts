/* SSH keys put together by hand, so that they can be wrong. */

/** Parts as the wire form has them: a length in four bytes, and so many bytes. */
export function wire(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

export function line(type: string, bytes: Uint8Array): string {
  return `${type} ${Buffer.from(bytes).toString("base64")}`;
}

export function wireOf(keyLine: string): Buffer {
  return Buffer.from(keyLine.split(" ")[1]!, "base64");
}

/** The parts of a key's line. */
export function partsOf(keyLine: string): readonly Buffer[] {
  const bytes = wireOf(keyLine);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}
