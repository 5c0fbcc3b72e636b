import { expect, test } from "vitest";

import { parseReport } from "../../src/iam/report.ts";

const HEADER =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
  "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

const EMILY = "arn:aws:iam::123456789012:user/emily";
const BORN = "2026-01-01T00:00:00Z";

/** Emily's row, with what is given in the place of what a user without anything has. */
function emily(cells: Readonly<Record<string, string>> = {}): string {
  const row: Readonly<Record<string, string>> = {
    user: "emily",
    arn: EMILY,
    user_creation_time: BORN,
    ...Object.fromEntries(
      HEADER.split(",")
        .filter((name) => name.endsWith("active"))
        .map((name) => [name, "false"]),
    ),
    password_enabled: "false",
    ...cells,
  };
  return HEADER.split(",")
    .map((name) => row[name] ?? "N/A")
    .join(",");
}

function reported(...rows: readonly string[]): ReturnType<ReturnType<typeof parseReport>> {
  return parseReport([HEADER, ...rows].join("\n"))(EMILY, BORN);
}

test("a user without anything has nothing reported", () => {
  expect(reported(emily())).toEqual({
    password: false,
    passwordLastUsed: undefined,
    mfa: false,
    activeKeys: 0,
    keyLastUsed: undefined,
    keys: [],
    activeCertificates: 0,
  });
});

test("each active key has its own moments", () => {
  const row = emily({
    access_key_1_active: "false",
    access_key_1_last_rotated: "2024-01-01T00:00:00Z",
    access_key_2_active: "true",
    access_key_2_last_rotated: "2026-02-01T00:00:00Z",
    access_key_2_last_used_date: "2026-03-01T00:00:00Z",
  });
  expect(reported(row)).toMatchObject({
    activeKeys: 1,
    keys: [{ lastRotated: "2026-02-01T00:00:00Z", lastUsed: "2026-03-01T00:00:00Z" }],
  });
  const unused = emily({ access_key_1_active: "true", access_key_2_active: "true" });
  const unknown = { lastRotated: undefined, lastUsed: undefined };
  expect(reported(unused)).toMatchObject({ activeKeys: 2, keys: [unknown, unknown] });
});

test("yes and no are read in whatever case", () => {
  const row = emily({
    password_enabled: "TRUE",
    mfa_active: "True",
    access_key_2_active: "FALSE",
    cert_1_active: "TRUE",
  });
  expect(reported(row)).toMatchObject({ password: true, mfa: true, activeKeys: 0, activeCertificates: 1 });
});

test.each(["N/A", "no_information", "not_supported"])("%s is no moment", (sentinel) => {
  const row = emily({
    password_enabled: "true",
    password_last_used: sentinel,
    access_key_1_last_used_date: sentinel,
  });
  expect(reported(row)).toMatchObject({
    password: true,
    passwordLastUsed: undefined,
    keyLastUsed: undefined,
  });
});

test("the later use of two keys counts, and inactive keys are not active", () => {
  const row = emily({
    access_key_1_active: "true",
    access_key_1_last_used_date: "2026-03-01T10:00:00+00:00",
    access_key_2_active: "false",
    access_key_2_last_rotated: "2026-01-01T00:00:00Z",
    access_key_2_last_used_date: "2026-04-01T10:00:00Z",
  });
  expect(reported(row)).toMatchObject({ activeKeys: 1, keyLastUsed: "2026-04-01T10:00:00Z" });
});

test("columns are found by name, in any order and with unknown ones among them", () => {
  const flip = (line: string): string => ["extra", ...line.split(",")].toReversed().join(",");
  const csv = [HEADER, emily({ mfa_active: "true", access_key_1_active: "true" })].map(flip).join("\n");
  expect(parseReport(csv)(EMILY, BORN)).toMatchObject({ mfa: true, activeKeys: 1, password: false });
});

test("a missing column is an error", () => {
  const csv = [HEADER, emily()].join("\n").replace("mfa_active", "mfa");
  expect(() => parseReport(csv)(EMILY, BORN)).toThrow("mfa_active");
});

test("a name with a comma is read where it is quoted, and is no row where it is not", () => {
  const arn = "arn:aws:iam::123456789012:user/a,b";
  const row = (quote: string): string =>
    emily({ user: `${quote}a,b${quote}`, arn: `${quote}${arn}${quote}`, mfa_active: "true" });
  expect(parseReport(`${HEADER}\n${row('"')}\n${emily()}`)(arn, BORN)).toMatchObject({ mfa: true });
  const unquoted = parseReport(`${HEADER}\n${row("")}\n${emily()}`);
  expect(unquoted(arn, BORN)).toBeUndefined();
  expect(unquoted(EMILY, BORN)).toBeDefined();
});

test("a row that ends too soon is no row", () => {
  const row = emily({ access_key_1_active: "true" });
  expect(reported(row.slice(0, row.lastIndexOf(",")))).toBeUndefined();
});

test("a row whose moment of creation is written otherwise is the same row", () => {
  expect(reported(emily({ user_creation_time: "2026-01-01T00:00:00.000+00:00" }))).toBeDefined();
  expect(reported(emily({ user_creation_time: "2026-01-01T00:00:01Z" }))).toBeUndefined();
});
