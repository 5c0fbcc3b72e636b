import { expect, test } from "vitest";
import { keyLetter, passwordLetter } from "../../src/credentials/letters.ts";

const ACCOUNT = { id: "123456789012", partition: "aws", alias: "example" };
const KEY = {
  id: "AKIAIOSFODNN7EXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

test("a password's letter says where, who, with what, and what to do first", () => {
  expect(passwordLetter({ user: "emily", password: "@Ab3-_*^", account: ACCOUNT })).toBe(
    `You can sign in to AWS account 123456789012 now.

Sign-in page:
https://example.signin.aws.amazon.com/console

User name:
emily

Password:
@Ab3-_*^

What to do first:
1. Open the sign-in page, and sign in with this user name and password.
2. Set a new password. AWS asks for it; the one above then ends.
3. Add an MFA device: your name at the top right, "Security credentials", "Assign MFA device".
4. Delete this text.
`,
  );
});

test("what is copied stands alone on its line", () => {
  const lines = passwordLetter({ user: "emily", password: "@Ab3-_*^", account: ACCOUNT }).split("\n");
  expect(lines).toContain("@Ab3-_*^");
  expect(lines).toContain("emily");
  expect(lines).toContain("https://example.signin.aws.amazon.com/console");
});

test("where the sign-in page is not known, the letter says so and gives the rest", () => {
  const account = { ...ACCOUNT, partition: "aws-iso" };
  const lines = passwordLetter({ user: "emily", password: "@Ab3-_*^", account }).split("\n");
  expect(lines).toContain("(ask whoever sent you this)");
  expect(lines).toContain("@Ab3-_*^");
});

/** As `aws configure import` reads: lines, columns by their headers without regard to case, no quotes. */
function imported(text: string): Readonly<Record<string, string>> {
  const [headers, row] = text.trimEnd().split("\n");
  const cells = row!.split(",");
  return Object.fromEntries(headers!.split(",").map((header, at) => [header.toLowerCase(), cells[at]!]));
}

test("a key's letter is the .csv that aws configure import takes", () => {
  const letter = keyLetter({ user: "emily", ...KEY });
  expect(letter).toBe(`User Name,Access key ID,Secret access key\nemily,${KEY.id},${KEY.secret}\n`);
  expect(imported(letter)).toEqual({
    "user name": "emily",
    "access key id": KEY.id,
    "secret access key": KEY.secret,
  });
});

test("a comma in a name does not shift the columns, and no other character of a name needs quotes", () => {
  const row = (user: string) => keyLetter({ user, ...KEY }).split("\n")[1];
  expect(row("smith,emily")).toBe(`"smith,emily",${KEY.id},${KEY.secret}`);
  expect(row("=e+m.i@l_y-")).toBe(`=e+m.i@l_y-,${KEY.id},${KEY.secret}`);
});
