import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLSeq } from "yaml";
import type { Edit } from "../../src/core/drift/edit.ts";

/* Files of a roster with edits made in them, as a person would. */

/** The texts by the key that each file begins with. */
export type Texts = Readonly<Record<"users" | "groups", string>>;

export function withEdits(texts: Texts, edits: readonly Edit[]): Texts {
  const edited = (part: keyof Texts): string => {
    const document = parseDocument(texts[part], { stringKeys: true });
    for (const edit of edits) if (edit.at[0] === part) make(edit, document);
    return document.toString();
  };
  return { users: edited("users"), groups: edited("groups") };
}

function make(edit: Edit, document: Document): void {
  const { at } = edit;
  switch (edit.how) {
    case "set":
      openedUp(document, at.slice(0, -1));
      return document.setIn(at, document.createNode(edit.value));
    case "add":
      openedUp(document, at.slice(0, -1));
      if (!document.hasIn(at)) document.setIn(at, document.createNode([]));
      return document.addIn(at, edit.value);
    case "take":
      return document.deleteIn([...at, placeOf(edit.value, document.getIn(at) as YAMLSeq)])
        ? undefined
        : missing(edit);
    case "drop":
      return document.deleteIn(at) ? undefined : missing(edit);
    case "rename": {
      const value = document.getIn(at);
      document.deleteIn(at);
      return document.setIn([...at.slice(0, -1), edit.value], value);
    }
  }
}

/** A user without anything is `emily:` or `emily: {}`, and becomes a map to write in. */
function openedUp(document: Document, at: readonly string[]): void {
  if (!isMap(document.getIn(at))) document.setIn(at, document.createNode({}));
}

function placeOf(value: string, list: YAMLSeq): number {
  if (!isSeq(list)) throw new Error(`no list with ${value}`);
  return list.items.findIndex((item) =>
    isMap(item) ? item.get("group") === value : isScalar(item) && item.value === value,
  );
}

function missing(edit: Edit): never {
  throw new Error(`nothing there: ${JSON.stringify(edit)}`);
}
