import type { Files, RosterFile } from "../../src/core/port.ts";

export type Texts = Readonly<Partial<Record<RosterFile, string | Uint8Array>>>;

/** A roster in memory. Where users.yaml or groups.yaml is not given it is empty. */
export function filesOf(texts: Texts): Files {
  const all: Texts = { "users.yaml": "", "groups.yaml": "", ...texts };
  return {
    read: (file) => {
      const content = all[file];
      return Promise.resolve(typeof content === "string" ? new TextEncoder().encode(content) : content);
    },
  };
}
