import { describe, expect, test } from "vitest";

import { client, failure, start } from "./start.ts";

const GOOD = "Abcdef12!";
const OTHER = "Ghijkl34!";
const UserName = "emily";

const withPassword = () => start({ state: { users: [{ name: "Emily", password: { secret: GOOD } }] } });
const without = () => start({ state: { users: [{ name: "Emily" }] } });

describe("a login profile", () => {
  test("is made once, read and deleted once", async () => {
    const { iam } = await without();
    const made = await iam.createLoginProfile({ UserName, Password: GOOD, PasswordResetRequired: true });
    expect(made.LoginProfile).toMatchObject({ UserName: "Emily", PasswordResetRequired: true });
    const again = await failure(iam.createLoginProfile({ UserName, Password: GOOD }));
    expect(again).toBe("EntityAlreadyExistsException: Login Profile for user Emily already exists.");
    await iam.deleteLoginProfile({ UserName });
    const gone = "NoSuchEntityException: Login Profile for User Emily cannot be found.";
    expect(await failure(iam.getLoginProfile({ UserName }))).toBe(gone);
    expect(await failure(iam.deleteLoginProfile({ UserName }))).toBe(gone);
    expect(await failure(iam.updateLoginProfile({ UserName, Password: GOOD }))).toBe(gone);
  });

  test("asks for no reset unless told to", async () => {
    const { iam } = await without();
    await iam.createLoginProfile({ UserName, Password: GOOD });
    expect((await iam.getLoginProfile({ UserName })).LoginProfile?.PasswordResetRequired).toBe(false);
  });

  test("is updated with no fields at all, and keeps the reset flag that is not given", async () => {
    const { iam, sandbox } = await withPassword();
    await iam.updateLoginProfile({ UserName });
    await iam.updateLoginProfile({ UserName, PasswordResetRequired: true });
    await iam.updateLoginProfile({ UserName, Password: OTHER });
    expect((await iam.getLoginProfile({ UserName })).LoginProfile?.PasswordResetRequired).toBe(true);
    expect(sandbox.signIn("emily", OTHER)).toBe("reset-required");
    expect(sandbox.signIn("emily", GOOD)).toBe("refused");
  });

  test("never shows its password again, not even in the sandbox's own state", async () => {
    const { iam, sandbox } = await without();
    await iam.createLoginProfile({ UserName, Password: GOOD });
    expect(JSON.stringify([sandbox.snapshot(), sandbox.calls])).not.toContain(GOOD);
  });
});

describe("IAM's default password policy", () => {
  test.each(["Abcde1!", "abcdefgh1", "ABCDEFGH", "12345678!", "my-Company1"])(
    "refuses %j",
    async (Password) => {
      const { iam } = await start({ state: { users: [{ name: "emily" }], alias: "my-company1" } });
      const error = await failure(iam.createLoginProfile({ UserName, Password }));
      expect(error).toMatch(/^PasswordPolicyViolationException: Password does not conform/);
    },
  );

  test.each(["Abcdefg1", "abcdef1!", "ABCDEF1!"])("takes %j", async (Password) => {
    const { iam } = await without();
    await iam.createLoginProfile({ UserName, Password });
  });

  test("holds on an update too", async () => {
    const { iam } = await withPassword();
    const weak = iam.updateLoginProfile({ UserName, Password: "weak" });
    expect(await failure(weak)).toMatch(/^PasswordPolicyViolation/);
  });
});

describe("the account's own password policy", () => {
  test("takes the place of the default one", async () => {
    const { iam } = await withPassword();
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 12, RequireSymbols: true });
    const update = (Password: string) => failure(iam.updateLoginProfile({ UserName, Password }));
    expect(await update(GOOD)).toMatch(/^PasswordPolicyViolation/);
    expect(await update("abcdefghijklm")).toMatch(/^PasswordPolicyViolation/);
    expect(await update("abcdefghijkl!")).toBe("no failure");
  });

  test("may forbid the passwords before", async () => {
    const { iam } = await withPassword();
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 8, PasswordReusePrevention: 2 });
    const update = (Password: string) => failure(iam.updateLoginProfile({ UserName, Password }));
    expect(await update(GOOD)).toMatch(/^PasswordPolicyViolation.*previous password/);
    expect(await update("second-1A")).toBe("no failure");
    expect(await update(GOOD)).toMatch(/^PasswordPolicyViolation/);
    expect(await update("third-1AB")).toBe("no failure");
    expect(await update(GOOD)).toBe("no failure");
  });

  test("is absent at first, replaced whole, and deleted once", async () => {
    const { iam } = await start();
    const none = "NoSuchEntityException: The Password Policy with domain name 123456789012 cannot be found.";
    expect(await failure(iam.getAccountPasswordPolicy({}))).toBe(none);
    await iam.updateAccountPasswordPolicy({ RequireNumbers: true, MaxPasswordAge: 90, HardExpiry: true });
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 10, AllowUsersToChangePassword: true });
    expect((await iam.getAccountPasswordPolicy({})).PasswordPolicy).toEqual({
      MinimumPasswordLength: 10,
      RequireSymbols: false,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: true,
      ExpirePasswords: false,
    });
    await iam.deleteAccountPasswordPolicy({});
    expect(await failure(iam.deleteAccountPasswordPolicy({}))).toBe(none);
  });

  test.each([{ MinimumPasswordLength: 5 }, { MinimumPasswordLength: 129 }, { MaxPasswordAge: 0 }])(
    "refuses %j",
    async (policy) => {
      const { iam } = await start();
      expect(await failure(iam.updateAccountPasswordPolicy(policy))).toMatch(/^ValidationError/);
    },
  );
});

describe("changing one's own password", () => {
  test("needs the old one, takes another, and clears the reset flag", async () => {
    const { iam, sandbox } = await withPassword();
    await iam.updateLoginProfile({ UserName, PasswordResetRequired: true });
    const { AccessKey } = await iam.createAccessKey({ UserName });
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: "unchecked" };
    const emily = client(sandbox, { credentials });
    const change = (OldPassword: string, NewPassword: string) =>
      failure(emily.changePassword({ OldPassword, NewPassword }));
    expect(await change(OTHER, OTHER)).toMatch(/^AccessDenied/);
    expect(await change(GOOD, GOOD)).toMatch(/^AccessDenied/);
    expect(await change(GOOD, "weak")).toMatch(/^PasswordPolicyViolation/);
    expect(await change(GOOD, OTHER)).toBe("no failure");
    expect(sandbox.signIn("emily", OTHER)).toBe("in");
  });

  test("is not for roles", async () => {
    const { iam } = await withPassword();
    const change = iam.changePassword({ OldPassword: GOOD, NewPassword: OTHER });
    expect(await failure(change)).toMatch(/^InvalidUserType/);
  });
});
