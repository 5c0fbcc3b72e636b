import type { KeyToSeal, PasswordToSeal } from "../core/port.ts";
import { signInUrl } from "../core/rules/sign-in.ts";

/* What a person finds on opening a sealed file. These texts hold secrets: they go to `seal` and nowhere else. */

/** The password stands alone on its line, without spaces around it, so that a triple click selects it. */
export function passwordLetter({ user, password, account }: PasswordToSeal): string {
  return `You can sign in to AWS account ${account.id} now.

Sign-in page:
${signInUrl(account) ?? "(ask whoever sent you this)"}

User name:
${user}

Password:
${password}

What to do first:
1. Open the sign-in page, and sign in with this user name and password.
2. Set a new password. AWS asks for it; the one above then ends.
3. Add an MFA device: your name at the top right, "Security credentials", "Assign MFA device".
4. Delete this text.
`;
}

/**
 * The .csv that `aws configure import --csv` takes: it needs these three columns, and the name becomes the profile's.
 * It knows no quotes, so that of all names those with a comma have to be typed in by hand.
 */
export function keyLetter({ user, id, secret }: KeyToSeal): string {
  const row = [user, id, secret].map(cell);
  return `User Name,Access key ID,Secret access key\n${row.join(",")}\n`;
}

/** Of what a name or a key can hold, only a comma needs quotes (RFC 4180). */
function cell(text: string): string {
  return text.includes(",") ? `"${text}"` : text;
}
