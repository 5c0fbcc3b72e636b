import type { Edit, Unadoptable } from "../../core/drift/edit.ts";
import type { RosterFile } from "../../core/port.ts";
import { canonicalJson } from "../../core/rules/documents.ts";
import { compareText } from "../../core/rules/names.ts";
import { type Phrase, say, verbatim } from "../phrase.ts";
import { memberLines, yamlText } from "../yaml.ts";
import type { Sign } from "./signs.ts";

/** A line of a file: to be added, taken out, put in the place of what is there; undefined: where these stand. */
export interface FileLine {
  readonly sign: Sign | undefined;
  readonly text: string;
}

export interface FileLines {
  readonly file: RosterFile;
  readonly lines: readonly FileLine[];
}

/** The edits as lines of YAML, file by file. */
export function adoptionLines(edits: readonly Edit[]): readonly FileLines[] {
  return (["users", "groups"] as const).flatMap((part): readonly FileLines[] => {
    const ofFile = edits.filter(({ at }) => at[0] === part);
    if (ofFile.length === 0) return [];
    return [{ file: `${part}.yaml`, lines: [...linesOf(inPlaces(ofFile)), ...emptied(ofFile)] }];
  });
}

/** A key with nothing behind it is no list and no map, and `check` refuses it. */
function emptied(edits: readonly Edit[]): readonly FileLine[] {
  const takesOut = edits.some(({ how, at }) => how === "take" || (how === "drop" && at.length > 2));
  return takesOut
    ? [{ sign: undefined, text: "# where nothing is left behind a key: [] for a list, {} for a map" }]
    : [];
}

/** Neighbours in the file next to each other; renames stay last. */
function inPlaces(edits: readonly Edit[]): readonly Edit[] {
  const place = ({ how, at }: Edit): string =>
    `${how === "rename" ? 1 : 0}${canonicalJson(parentOf(how, at))}`;
  return edits.toSorted((one, other) => compareText(place(one), place(other)));
}

/** The keys under which the lines of the edit stand. */
function parentOf(how: Edit["how"], at: Edit["at"]): Edit["at"] {
  return how === "add" || how === "take" ? at : at.slice(0, -1);
}

function linesOf(edits: readonly Edit[]): readonly FileLine[] {
  const lines: FileLine[] = [];
  let open: Edit["at"] = [];
  for (const edit of edits) {
    const parent = parentOf(edit.how, edit.at);
    const shared = parent.findIndex((key, index) => open[index] !== key);
    for (const [depth, key] of parent.entries()) {
      if (shared !== -1 && depth >= shared)
        lines.push({ sign: undefined, text: indented(depth, `${yamlText(key)}:`) });
    }
    lines.push(...ownLines(edit).map(({ sign, text }) => ({ sign, text: indented(parent.length, text) })));
    open = parent;
  }
  return lines;
}

function indented(depth: number, text: string): string {
  return `${"  ".repeat(depth)}${text}`;
}

function ownLines(edit: Edit): readonly FileLine[] {
  const last = edit.at.slice(-1).join("");
  const key = yamlText(last);
  switch (edit.how) {
    case "set": {
      const sign = edit.replaces ? "~" : "+";
      return memberLines(last, edit.value).map((text) => ({ sign, text }));
    }
    case "add":
      return [{ sign: "+", text: `- ${yamlText(edit.value)}` }];
    case "take":
      return [{ sign: "-", text: `- ${yamlText(edit.value)}` }];
    case "drop":
      return [{ sign: "-", text: `${key}: …` }];
    case "rename":
      return [
        { sign: "-", text: `${key}:` },
        { sign: "+", text: `${yamlText(edit.value)}:` },
      ];
  }
}

const UNADOPTABLE: Readonly<Record<Unadoptable, Phrase>> = {
  until: say`A date in the files has passed: give the line a later ${verbatim("until")} to keep this.`,
  delay: say`No line keeps this: a delay of ${verbatim("credentials")} in roster.yaml is over.`,
  closed: say`No line keeps this: who is deactivated keeps nothing.`,
  note: say`No line keeps this: the files say nothing of our own tags.`,
};

/** Why lines do not help. */
export function unadoptableWords(why: Unadoptable): Phrase {
  return UNADOPTABLE[why];
}
