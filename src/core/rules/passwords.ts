import { fold } from "./names.ts";

/*
 * What passwords an account takes. Source: User Guide, "Set an account password policy for IAM users".
 */

interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
}

/** The characters that count as symbols for a password policy. */
const PASSWORD_SYMBOLS = "!@#$%^&*()_+-=[]{}|'";

/** What holds where the account has no policy of its own: eight characters and three of the four classes. */
const DEFAULT_MINIMUM_LENGTH = 8;
const DEFAULT_CLASSES = 3;

const PASSWORD = /^[\t\n\r\x20-\xff]{1,128}$/;

/** May this be a password at all, whatever the policy? */
export function isPassword(password: string): boolean {
  return PASSWORD.test(password);
}

/** Would IAM take the password under this policy? undefined: the account has none, and IAM's default holds. */
export function passwordConforms(
  password: string,
  policy: PasswordPolicy | undefined,
  accountNames: readonly string[],
): boolean {
  if (!isPassword(password)) return false;
  const classes = {
    uppercase: /[A-Z]/.test(password),
    lowercase: /[a-z]/.test(password),
    numbers: /[0-9]/.test(password),
    symbols: [...password].some((character) => PASSWORD_SYMBOLS.includes(character)),
  };
  if (policy === undefined) {
    const held = Object.values(classes).filter(Boolean).length;
    const named = accountNames.some((name) => fold(name) === fold(password));
    return password.length >= DEFAULT_MINIMUM_LENGTH && held >= DEFAULT_CLASSES && !named;
  }
  return (
    password.length >= policy.minimumLength &&
    (classes.uppercase || !policy.requireUppercase) &&
    (classes.lowercase || !policy.requireLowercase) &&
    (classes.numbers || !policy.requireNumbers) &&
    (classes.symbols || !policy.requireSymbols)
  );
}
