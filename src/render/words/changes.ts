import { type ByKind, byKind, type Change, isOwnTag, type Subject } from "../../core/change.ts";
import type { NamedRecipient } from "../../core/recipient.ts";
import { parsePolicyArn } from "../../core/rules/policies.ts";
import type { Arn, Path, Tag } from "../../core/state.ts";
import { join, listing, type Phrase, say, verbatim } from "../phrase.ts";

/** What a change does, as people who know IAM say it; the subject stands above it. */
export function changeWords(change: Change, subject: Subject): Phrase {
  if (change.kind === "RemoveUserFromGroup" && subject.type === "group") {
    return say`${change.user} leaves: not a managed user, and the group is exclusive`;
  }
  return byKind(WORDS, change);
}

/** An AWS managed policy by its name, any other by its whole ARN, so that neither is taken for the other. */
export function policyWords(arn: Arn): Phrase {
  const policy = parsePolicyArn(arn);
  return say`${policy?.account === "aws" ? policy.name : arn}`;
}

const WORDS: ByKind<Phrase> = {
  CreateUser: ({ path, tags, boundary }) =>
    say`create the user${creation([
      ...inPath(path),
      ...(boundary === undefined ? [] : [say`permissions boundary ${policyWords(boundary)}`]),
      ...tags.filter((tag) => !isOwnTag(tag.key)).map((tag) => say`tag ${tagWords(tag)}`),
    ])}`,
  UpdateUser: ({ newName, newPath }) => renaming(newName, newPath),
  DeleteUser: () => say`delete the user`,
  TagUser: ({ tags, stamps = [] }) =>
    say`tag ${join([...tags.map(tagWords), ...stamps.map((key) => say`${key} = the time of the change`)], ", ")}`,
  UntagUser: ({ keys }) => say`remove tag ${listing(keys)}`,
  PutUserPermissionsBoundary: ({ boundary, replaces }) =>
    replaces === undefined
      ? say`set permissions boundary ${policyWords(boundary)}`
      : say`set permissions boundary ${policyWords(boundary)} instead of ${policyWords(replaces)}`,
  DeleteUserPermissionsBoundary: ({ boundary }) => say`remove permissions boundary ${policyWords(boundary)}`,
  AddUserToGroup: ({ group }) => say`join group ${group}`,
  RemoveUserFromGroup: ({ group }) => say`leave group ${group}`,
  AttachUserPolicy: ({ policy }) => say`attach ${policyWords(policy)}`,
  DetachUserPolicy: ({ policy }) => say`detach ${policyWords(policy)}`,
  PutUserPolicy: ({ name, replaces }) => putting(name, replaces !== undefined),
  DeleteUserPolicy: ({ name }) => say`delete inline policy ${name}`,
  DeleteLoginProfile: () => say`delete the password (login profile)`,
  UpdateAccessKey: ({ key, status }) => say`set access key ${key} ${[status]}`,
  DeleteAccessKey: ({ key }) => say`delete access key ${key}`,
  UpdateSSHPublicKey: ({ key, status }) => say`set SSH key ${key} ${[status]}`,
  DeleteSSHPublicKey: ({ key }) => say`delete SSH key ${key}`,
  UpdateSigningCertificate: ({ certificate, status }) =>
    say`set signing certificate ${certificate} ${[status]}`,
  DeleteSigningCertificate: ({ certificate }) => say`delete signing certificate ${certificate}`,
  UpdateServiceSpecificCredential: ({ credential, service, status }) =>
    say`set the ${service} credential ${credential} ${[status]}`,
  DeleteServiceSpecificCredential: ({ credential, service }) =>
    say`delete the ${service} credential ${credential}`,
  DeactivateMFADevice: ({ serial }) => say`deactivate MFA device ${serial}`,
  DeleteVirtualMFADevice: ({ serial }) => say`delete virtual MFA device ${serial}`,
  IssuePassword: ({ to, token, replaces }) =>
    say`issue ${[replaces === true ? "another" : "a"]} password${because(token)} to ${recipientsWords(to)}${[replaces === true ? "; the present one ends at once" : ""]}`,
  IssueKey: ({ to, before, token }) =>
    token === undefined || before.length === 0
      ? say`issue an access key${because(token)} to ${recipientsWords(to)}`
      : say`issue another access key${because(token)} to ${recipientsWords(to)}; the present one ends after ${verbatim("credentials.rotationOverlap")}`,
  CreateGroup: ({ path }) => say`create the group${creation(inPath(path))}`,
  UpdateGroup: ({ newName, newPath }) => renaming(newName, newPath),
  DeleteGroup: () => say`delete the group`,
  AttachGroupPolicy: ({ policy }) => say`attach ${policyWords(policy)}`,
  DetachGroupPolicy: ({ policy }) => say`detach ${policyWords(policy)}`,
  PutGroupPolicy: ({ name, replaces }) => putting(name, replaces !== undefined),
  DeleteGroupPolicy: ({ name }) => say`delete inline policy ${name}`,
};

function because(token: string | undefined): Phrase {
  return token === undefined ? [] : say` (token ${token})`;
}

/** `github:emily (ssh-ed25519 SHA256:…)`: who can read it, by what is in the file and by fingerprint. */
export function recipientsWords(to: readonly NamedRecipient[]): Phrase {
  if (to.length === 0) return say`recipients who are not known here`;
  return join(to.map(recipientWords), ", ");
}

function recipientWords({ type, fingerprint, source }: NamedRecipient): Phrase {
  if (type === "age") return say`${fingerprint}`;
  const key = say`${[type]} ${fingerprint}`;
  return source.startsWith("github:") ? say`${source} (${key})` : key;
}

function putting(name: string, replacing: boolean): Phrase {
  return replacing ? say`replace inline policy ${name}` : say`add inline policy ${name}`;
}

function renaming(newName: string | undefined, newPath: Path | undefined): Phrase {
  const parts = [
    ...(newName === undefined ? [] : [say`rename to ${newName}`]),
    ...(newPath === undefined ? [] : [say`move to path ${newPath}`]),
  ];
  return join(parts, ", ");
}

function inPath(path: Path): readonly Phrase[] {
  return path === "/" ? [] : [say`path ${path}`];
}

function creation(parts: readonly Phrase[]): Phrase {
  return parts.length === 0 ? [] : say` with ${join(parts, ", ")}`;
}

function tagWords({ key, value }: Tag): Phrase {
  return say`${key} = ${value}`;
}
