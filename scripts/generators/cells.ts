/* The cells of a Markdown table. */

export function code(literal: string): string {
  return `\`${literal.replaceAll("|", "\\|")}\``;
}

/** What would be emphasis, a tag or the end of a cell stands as itself. */
export function text(words = ""): string {
  return words.replaceAll(/[|*_<[]/g, "\\$&");
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
