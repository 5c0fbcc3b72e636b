import { createHash } from "node:crypto";

import { passwordConforms } from "../core/rules/passwords.ts";
import { type Account, newId, requireUser, timeOf } from "./account.ts";
import { alreadyExists, IamError, noSuch } from "./errors.ts";
import { boolean, optional, password, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import type { PasswordRecord, UserRecord } from "./records.ts";
import { namedOrCaller } from "./users.ts";
import type { Answer } from "./wire.ts";

/*
 * Login profiles. Only salted hashes are kept; no password is ever answered or logged.
 */

export function hashPassword(salt: string, secret: string): string {
  return `${salt}:${createHash("sha256").update(`${salt}:${secret}`).digest("hex")}`;
}

export function matches(hash: string, secret: string): boolean {
  return hashPassword(hash.slice(0, hash.indexOf(":")), secret) === hash;
}

function checkPassword(account: Account, user: UserRecord, secret: string): void {
  const names = [account.id, ...(account.alias === undefined ? [] : [account.alias])];
  if (!passwordConforms(secret, account.passwordPolicy, names)) {
    throw new IamError(
      "PasswordPolicyViolation",
      "Password does not conform to the account password policy: its length or its kinds of characters",
    );
  }
  const remembered = account.passwordPolicy?.reusePrevention ?? 0;
  const former = user.password === undefined ? [] : [user.password.hash, ...user.password.former];
  if (former.slice(0, remembered).some((hash) => matches(hash, secret))) {
    throw new IamError("PasswordPolicyViolation", "Password should not be the same as a previous password.");
  }
}

/** The record after the password is set anew; without one, what the account has never had. */
function withPassword(
  account: Account,
  user: UserRecord,
  set: { readonly secret: string; readonly resetRequired: boolean },
): PasswordRecord {
  const former = user.password;
  return {
    hash: hashPassword(newId(account, "", 16), set.secret),
    former: former === undefined ? [] : [former.hash, ...former.former].slice(0, 24),
    createdAt: former?.createdAt ?? timeOf(account),
    changedAt: timeOf(account),
    resetRequired: set.resetRequired,
  };
}

function requireProfile(user: UserRecord): PasswordRecord {
  if (user.password === undefined) throw noSuch(`Login Profile for User ${user.name} cannot be found.`);
  return user.password;
}

function profileAnswer(user: UserRecord, profile: PasswordRecord): Answer {
  return { UserName: user.name, CreateDate: profile.createdAt, PasswordResetRequired: profile.resetRequired };
}

/** The name under which the birth of a user's password is noted. */
export function passwordBirth(user: Pick<UserRecord, "id">): string {
  return `${user.id}:password`;
}

export const passwordOperations: Operations = {
  CreateLoginProfile: writing(
    { UserName: optional(userName), Password: password, PasswordResetRequired: optional(boolean) },
    (account, input, caller) => {
      const user = namedOrCaller(account, input.UserName, caller);
      if (user.password !== undefined)
        throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
      checkPassword(account, user, input.Password);
      const resetRequired = input.PasswordResetRequired ?? false;
      user.password = withPassword(account, user, { secret: input.Password, resetRequired });
      account.births.set(passwordBirth(user), performance.now());
      return { LoginProfile: profileAnswer(user, user.password) };
    },
  ),

  GetLoginProfile: reading({ UserName: optional(userName) }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    return { LoginProfile: profileAnswer(user, requireProfile(user)) };
  }),

  // With no fields at all it is a success, and an omitted flag keeps the old one (seen live).
  UpdateLoginProfile: writing(
    { UserName: userName, Password: optional(password), PasswordResetRequired: optional(boolean) },
    (account, input) => {
      const user = requireUser(account, input.UserName);
      const former = requireProfile(user);
      const resetRequired = input.PasswordResetRequired ?? former.resetRequired;
      if (input.Password === undefined) {
        user.password = { ...former, resetRequired };
        return;
      }
      checkPassword(account, user, input.Password);
      user.password = withPassword(account, user, { secret: input.Password, resetRequired });
    },
  ),

  DeleteLoginProfile: writing({ UserName: optional(userName) }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    requireProfile(user);
    user.password = undefined;
    user.passwordLastUsed = undefined;
  }),

  ChangePassword: writing({ OldPassword: password, NewPassword: password }, (account, input, caller) => {
    const user = caller.user === undefined ? undefined : account.users.get(caller.user);
    if (user === undefined)
      throw new IamError("InvalidUserType", "Only IAM Users can change their own password");
    const former = requireProfile(user);
    if (!matches(former.hash, input.OldPassword)) {
      throw new IamError("AccessDenied", "The old password was incorrect.");
    }
    if (matches(former.hash, input.NewPassword)) {
      throw new IamError("AccessDenied", "The new password is the old one.");
    }
    checkPassword(account, user, input.NewPassword);
    user.password = withPassword(account, user, { secret: input.NewPassword, resetRequired: false });
  }),
};
