import fc from "fast-check";
import { expect, test } from "vitest";
import type { Random } from "../../src/core/port.ts";
import { passwordConforms } from "../../src/core/rules/passwords.ts";
import type { PasswordPolicy } from "../../src/core/state.ts";
import { generatePassword } from "../../src/credentials/password.ts";
import { random } from "../../src/host/machine.ts";

const POLICY: PasswordPolicy = {
  minimumLength: 6,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
  usersMayChange: true,
};

const policies = fc.record<PasswordPolicy>({
  minimumLength: fc.integer({ min: 6, max: 128 }),
  requireSymbols: fc.boolean(),
  requireNumbers: fc.boolean(),
  requireUppercase: fc.boolean(),
  requireLowercase: fc.boolean(),
  usersMayChange: fc.boolean(),
});

/** Gives these numbers in turn, and fails when they are used up. */
function scripted(numbers: readonly number[]): Random & { readonly asked: readonly number[] } {
  const asked: number[] = [];
  return {
    asked,
    integer: (below) => {
      const number = numbers[asked.length];
      asked.push(below);
      if (number === undefined) throw new Error("no more numbers");
      return number;
    },
  };
}

/** Every character, in the order of the numbers that stand for them: it asks once for each place. */
function alphabet(): string {
  let next = 0;
  const size = Math.max(...sizes());
  return generatePassword({ ...POLICY, minimumLength: size }, { integer: () => next++ });
}

/** How many characters there are to choose from, each time that one is chosen. */
function sizes(): readonly number[] {
  const asked: number[] = [];
  const integer = (below: number): number => {
    asked.push(below);
    return random.integer(below);
  };
  generatePassword(undefined, { integer });
  return asked;
}

test("whatever the policy, the account takes the password", () => {
  fc.assert(
    fc.property(fc.option(policies, { nil: undefined }), (policy) => {
      const password = generatePassword(policy, random);
      expect(passwordConforms(password, policy, [])).toBe(true);
      expect(passwordConforms(password, { ...POLICY, minimumLength: 24 }, [])).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("it has 24 characters, or as many as the policy asks for, and never more than IAM takes", () => {
  const lengthFor = (minimumLength: number) => generatePassword({ ...POLICY, minimumLength }, random).length;
  expect(generatePassword(undefined, random)).toHaveLength(24);
  expect([6, 24, 25, 128, 200].map(lengthFor)).toEqual([24, 24, 25, 128, 128]);
});

test("every place is filled from all characters, each of them as likely as the others", () => {
  expect(new Set(sizes()).size).toBe(1);
  expect(sizes().length % 24).toBe(0);
  const characters = alphabet();
  expect(characters).toHaveLength(sizes()[0]!);
  expect(new Set(characters).size).toBe(characters.length);
});

test("the characters cannot be taken for another, nor by a terminal or a spreadsheet for its own", () => {
  expect(alphabet()).toMatch(/^[A-Za-z2-9@#%^*_+=-]+$/);
  expect(alphabet()).not.toMatch(/[0Oo1lI|]/);
  const counted = [/[A-Z]/g, /[a-z]/g, /[0-9]/g, /[^A-Za-z0-9]/g].map(
    (each) => alphabet().match(each)?.length,
  );
  expect(counted).toEqual([24, 24, 8, 9]);
  const symbols = alphabet().replaceAll(/[A-Za-z0-9]/g, "");
  const counts = (symbol: string) => passwordConforms(`Abcdefg1${symbol}`, POLICY, []);
  expect([...symbols].filter((symbol) => !counts(symbol))).toEqual([]);
});

test("a password that lacks a class is thrown away whole, and the next one is taken as it is drawn", () => {
  const characters = alphabet();
  const complete = (password: string) =>
    [/[A-Z]/, /[a-z]/, /[2-9]/, /[^A-Za-z0-9]/].every((each) => each.test(password));
  const numbers = fc.array(fc.nat(characters.length - 1), { minLength: 24 * 20, maxLength: 24 * 20 });
  fc.assert(
    fc.property(numbers, (drawn) => {
      const passwords = drawn
        .map((number) => characters[number])
        .join("")
        .match(/.{24}/g)!;
      const first = passwords.findIndex(complete);
      fc.pre(first >= 0);
      const source = scripted(drawn);
      expect(generatePassword(undefined, source)).toBe(passwords[first]);
      expect(source.asked).toHaveLength(24 * (first + 1));
    }),
  );
});

test("each class alone being absent is enough to draw again", () => {
  const characters = alphabet();
  const numberOf = (pattern: RegExp) => characters.search(pattern);
  const all = [/[A-Z]/, /[a-z]/, /[2-9]/, /[^A-Za-z0-9]/].map(numberOf);
  for (const left of all) {
    const others = all.filter((number) => number !== left);
    const without = Array.from({ length: 24 }, (_, place) => others[place % 3]!);
    const withAll = [...without.slice(1), left];
    const source = scripted([...without, ...withAll]);
    expect(generatePassword(undefined, source)).toBe(withAll.map((number) => characters[number]).join(""));
  }
});

test("a source that always gives the same ends in an error, and not never", () => {
  let asked = 0;
  const integer = (): number => {
    asked += 1;
    return 0;
  };
  expect(() => generatePassword(undefined, { integer })).toThrow(/source of random numbers/);
  expect(asked).toBe(2400);
});
