import type { Random } from "../core/port.ts";
import type { PasswordPolicy } from "../core/state.ts";

/** Nothing that looks like another (0 O o 1 l I |), and nothing that a shell or a spreadsheet takes for its own (' " \ ! $ ,). */
const CLASSES = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "@#%^*_+-="] as const;
const CHARACTERS = CLASSES.join("");

const LEAST_LENGTH = 24;
/** IAM takes no longer ones. */
const MOST_LENGTH = 128;
/** Some 93 of 100 draws hold all classes: that many without one means a Random that is none. */
const MOST_DRAWS = 100;

/**
 * A password that the account takes, whatever its policy asks for: all four classes are always there. The whole password
 * is drawn again until they are, so that each such password is equally likely.
 */
export function generatePassword(policy: PasswordPolicy | undefined, random: Random): string {
  const length = Math.min(Math.max(LEAST_LENGTH, policy?.minimumLength ?? 0), MOST_LENGTH);
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const password = drawn(length, random);
    if (CLASSES.every((each) => holdsOneOf(password, each))) return password;
  }
  throw new Error("the source of random numbers gives no password with all kinds of characters");
}

function drawn(length: number, random: Random): string {
  return Array.from({ length }, () => CHARACTERS.charAt(random.integer(CHARACTERS.length))).join("");
}

function holdsOneOf(password: string, characters: string): boolean {
  return [...password].some((character) => characters.includes(character));
}
