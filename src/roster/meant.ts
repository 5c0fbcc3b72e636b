import { isRealDate } from "../core/rules/dates.ts";
import type { SchemaPart } from "./schema-walk.ts";

/** The text that was most likely meant, and that the schema takes; undefined where there is no telling. */
export function meantBy(text: string, { pattern }: SchemaPart): string | undefined {
  if (pattern === undefined) return undefined;
  const allowed = new RegExp(pattern, "u");
  return [inSmallLetters(text), wholeMoment(text), wholeArn(text)].find(
    (candidate) => candidate !== undefined && allowed.test(candidate),
  );
}

/** `None`, `30D`; but in a key each letter counts. */
function inSmallLetters(text: string): string | undefined {
  return /^\w{1,6}$/.test(text) ? text.toLowerCase() : undefined;
}

/** With the seconds and the zone; without one it is taken for UTC, as a date is. */
function wholeMoment(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:\.\d+)?)? ?([Zz]|[+-]\d\d:\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [, date = "", minute = "", second = ":00", zone = "Z"] = match;
  const moment = `${date}T${minute}${second}${zone.toUpperCase()}`;
  return isRealDate(moment) ? moment : undefined;
}

/** AWS begins the names of its own policies with a capital. */
function wholeArn(text: string): string | undefined {
  const match = /^(?:policy\/)?((?:[\w+=,.@-]+\/)*([\w+=,.@-]+))$/.exec(text);
  if (match === null) return undefined;
  const [, place = "", name = ""] = match;
  return `arn:aws:iam::${/^[A-Z]/.test(name) ? "aws" : "ACCOUNT"}:policy/${place}`;
}
