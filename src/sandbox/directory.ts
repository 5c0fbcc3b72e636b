import { fold } from "../core/rules/names.ts";

/** Entries by name without regard to case, and by id; the spelling of the name is kept. */
export class Directory<Entry extends { readonly id: string; name: string }> {
  readonly #byName = new Map<string, Entry>();
  readonly #byId = new Map<string, Entry>();
  /** In order of folded names; undefined after a change, so that many changes cost one sort. */
  #sorted: readonly Entry[] | undefined;

  get size(): number {
    return this.#byName.size;
  }

  find(name: string): Entry | undefined {
    return this.#byName.get(fold(name));
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  add(entry: Entry): void {
    this.#byName.set(fold(entry.name), entry);
    this.#byId.set(entry.id, entry);
    this.#sorted = undefined;
  }

  rename(entry: Entry, name: string): void {
    this.#byName.delete(fold(entry.name));
    entry.name = name;
    this.add(entry);
  }

  remove(entry: Entry): void {
    this.#byName.delete(fold(entry.name));
    this.#byId.delete(entry.id);
    this.#sorted = undefined;
  }

  sorted(): readonly Entry[] {
    this.#sorted ??= [...this.#byName]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, entry]) => entry);
    return this.#sorted;
  }
}
