import { styleText } from "node:util";
import type { Terminal } from "../core/port.ts";
import { type Paint, PLAIN } from "../render/paint.ts";

type Style = Parameters<typeof styleText>[0];

function style(format: Style): (text: string) => string {
  // Whether there is a terminal was settled by whoever made the Terminal.
  return (text) => styleText(format, text, { validateStream: false });
}

const COLORS: Paint = {
  strong: style("bold"),
  faint: style("dim"),
  gives: style("green"),
  takes: style("red"),
  changes: style("yellow"),
  alarm: style(["bold", "red"]),
};

export function paintFor({ color }: Pick<Terminal, "color">): Paint {
  return color ? COLORS : PLAIN;
}
