import type { CONTRACT, Subject } from "./contract.ts";
import { allEnd, type Seen } from "./line.ts";
import { WEAK_PASSWORDS } from "./lines/credentials.ts";
import { BAD_GROUP_NAMES, LONG_GROUP_NAME } from "./lines/groups.ts";
import { BAD_KEYS, GOOD_KEY, RESERVED_KEYS } from "./lines/tags.ts";
import { BAD_PATHS, BAD_USER_NAMES, GOOD_USER_NAMES } from "./lines/users.ts";

/*
 * Where moto does otherwise than IAM, line by line: what moto shows, why we hold IAM to do what the line says, and where
 * that is written. Every other line holds for moto too.
 */

export interface Difference {
  readonly moto: Seen;
  readonly because: string;
  readonly source: Source;
}

type DifferencesOf<Sentence extends PropertyKey> = { readonly [Each in Sentence]?: Difference };
type Differences = { readonly [Each in Subject]?: DifferencesOf<keyof (typeof CONTRACT)[Each]> };

const guide = (page: string): string => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;
const api = (operation: string): string =>
  `https://docs.aws.amazon.com/IAM/latest/APIReference/API_${operation}.html`;
/** Answers of AWS itself, recorded in September 2026 by the authors of another emulator. */
const recorded = (file: string): string =>
  `https://github.com/radkawar/stackd/blob/9dc356f5e5cc49d2d334178a09c1398dd1c62617/${file}.json`;

/** A page of AWS, or recorded answers. */
export const SOURCES = {
  quotas: guide("reference_iam-quotas"),
  identifiers: guide("reference_identifiers"),
  tags: guide("id_tags"),
  boundaries: guide("access_policies_boundaries"),
  "deleting users": guide("id_users_remove"),
  "deleting groups": guide("id_groups_manage_delete"),
  "renaming users": guide("id_users_rename"),
  "password policy": guide("id_credentials_passwords_account-policy"),
  "credential reports": guide("id_credentials_getting-report"),
  CreateUser: api("CreateUser"),
  CreateGroup: api("CreateGroup"),
  UpdateUser: api("UpdateUser"),
  UpdateGroup: api("UpdateGroup"),
  ListUsers: api("ListUsers"),
  ListGroups: api("ListGroups"),
  TagUser: api("TagUser"),
  CreateLoginProfile: api("CreateLoginProfile"),
  UpdateAccountPasswordPolicy: api("UpdateAccountPasswordPolicy"),
  EnableMFADevice: api("EnableMFADevice"),
  DeleteVirtualMFADevice: api("DeleteVirtualMFADevice"),
  ListVirtualMFADevices: api("ListVirtualMFADevices"),
  UploadSSHPublicKey: api("UploadSSHPublicKey"),
  SigningCertificate: api("SigningCertificate"),
  CreateServiceSpecificCredential: api("CreateServiceSpecificCredential"),
  PutUserPermissionsBoundary: api("PutUserPermissionsBoundary"),
  GetAccountAuthorizationDetails: api("GetAccountAuthorizationDetails"),
  GetPolicyVersion: api("GetPolicyVersion"),
  "recorded names and paths": recorded("testdata/aws/iam/identity_inputs"),
  "recorded users and groups": recorded("testdata/aws/iam/user_group_shapes"),
  "recorded look-ups": recorded("testdata/aws/iam/resource_authorization"),
  "recorded policies": recorded("testdata/aws/iam/policy_management"),
  "recorded statuses": recorded("testdata/aws/iam/resource_inputs"),
  "recorded pages": recorded("testdata/aws/iam/pagination_inputs"),
  "recorded reports": recorded("testdata/aws/iam/credential_report"),
  "recorded accounts": recorded("testdata/aws/iam/account_reporting"),
  "recorded tags": recorded("internal/services/iam/testdata/tags_aws"),
  "recorded passwords": recorded("internal/services/iam/testdata/login_profile_aws"),
} as const;

type Source = keyof typeof SOURCES;

/** One difference that several lines show. */
function each<Sentence extends string>(
  sentences: readonly Sentence[],
  difference: Difference,
): Readonly<Record<Sentence, Difference>> {
  return Object.fromEntries(sentences.map((sentence) => [sentence, difference])) as Record<
    Sentence,
    Difference
  >;
}

const ABSENT = "moto does not have this operation: it answers HTTP 500 with a page of HTML";

const ANY_STATUS: Difference = {
  moto: allEnd(["Inactive", "Active", "Expired"], "done"),
  because: "moto takes any text for a status",
  source: "recorded statuses",
};
const NOT_CHECKED = "moto checks no quota here";

const DIFFERENCES: Differences = {
  "A user": {
    "has an id that begins with AIDA and is never given again": {
      moto: [false, false],
      because: "moto's ids are twenty letters and digits at random",
      source: "identifiers",
    },
    "is made with its tags, or not at all": {
      moto: ["done", "done", 1],
      because: "moto checks no tags",
      source: "CreateUser",
    },
    "is made with its boundary": {
      moto: "none",
      because: "moto drops the boundary without a word",
      source: "CreateUser",
    },
    "is not made where its boundary does not exist": {
      moto: "done",
      because: "moto drops the boundary without a word",
      source: "CreateUser",
    },
    "has a name that nobody else has, in whatever case": {
      moto: ["EntityAlreadyExists 409", "done"],
      because: "moto tells names apart by case",
      source: "CreateUser",
    },
    "is found under any case of its name, and shown as it was written": {
      moto: "NoSuchEntity 404",
      because: "moto tells names apart by case",
      source: "recorded look-ups",
    },
    "has a name of 1 to 64 letters, digits and `_+=,.@-`": {
      moto: allEnd([...BAD_USER_NAMES, ...GOOD_USER_NAMES], "done"),
      because: "moto checks no names",
      source: "recorded names and paths",
    },
    "has a path between slashes, of visible ASCII characters": {
      moto: allEnd(BAD_PATHS, "done"),
      because: "moto checks no paths",
      source: "recorded names and paths",
    },
    ...each(["keeps its tags when it is renamed", "keeps its tags when it is moved"], {
      moto: 0,
      because: "moto loses the tags with UpdateUser, and with them whose the user is",
      source: "renaming users",
    }),
    "keeps its access keys, under the new name, when it is renamed": {
      moto: [1, "emily"],
      because: "moto goes on telling the old name of a key's user",
      source: "renaming users",
    },
    "is not renamed onto another": {
      moto: "done",
      because: "moto overwrites the other user",
      source: "UpdateUser",
    },
  },
  "A tag of a user": {
    "written in another case replaces key and value": {
      moto: { Team: "one", team: "two" },
      because: "moto tells keys apart by case",
      source: "tags",
    },
    "is not given twice by case in one call": {
      moto: "done",
      because: "moto tells keys apart by case",
      source: "recorded tags",
    },
    "has a key that does not begin with `aws:`": {
      moto: allEnd(RESERVED_KEYS, "done"),
      because: "moto reserves no keys for AWS",
      source: "recorded tags",
    },
    "has a key of 1 to 128 letters, digits, spaces and `_.:/=+-@`": {
      moto: allEnd([...BAD_KEYS, GOOD_KEY], "done"),
      because: "moto checks no keys",
      source: "recorded tags",
    },
    "is the fifty-first of a user never, and then none of the call is kept": {
      moto: ["done", "done", 51],
      because: NOT_CHECKED,
      source: "quotas",
    },
    "is one of fifty in a call at most": { moto: "done", because: NOT_CHECKED, source: "TagUser" },
    "is there in a call that sets tags": {
      moto: "done",
      because: "moto takes a call that sets nothing",
      source: "recorded tags",
    },
    "is taken off in any case": {
      moto: { Team: "" },
      because: "moto tells keys apart by case",
      source: "tags",
    },
  },
  "A group": {
    "has an id that begins with AGPA, and keeps it when it is renamed": {
      moto: [false, true],
      because: "moto's ids are twenty letters and digits at random",
      source: "identifiers",
    },
    "has a name that no other group has, in whatever case": {
      moto: ["EntityAlreadyExists 409", "done"],
      because: "moto tells names apart by case",
      source: "CreateGroup",
    },
    "is found under any case of its name, and shown as it was written": {
      moto: "NoSuchEntity 404",
      because: "moto tells names apart by case",
      source: "recorded look-ups",
    },
    "has a name of 1 to 128 letters, digits and `_+=,.@-`": {
      moto: allEnd([...BAD_GROUP_NAMES, LONG_GROUP_NAME], "done"),
      because: "moto checks no names",
      source: "recorded names and paths",
    },
    "that is missing is named in the message": {
      moto: "NoSuchEntityException: Group none not found",
      because: "moto has words of its own for a group",
      source: "recorded names and paths",
    },
    "is moved without being renamed": {
      moto: ["readers", "/"],
      because: "moto ignores a new path that comes without a new name",
      source: "UpdateGroup",
    },
    "is listed by path prefix": {
      moto: ["readers", "auditors"],
      because: "moto ignores the prefix for groups",
      source: "ListGroups",
    },
  },
  "A membership": {
    "is ended twice without an error": {
      moto: ["done", "NoSuchEntity 404"],
      because: "moto refuses to remove somebody who is no member",
      source: "recorded users and groups",
    },
    "is the eleventh of a user never": {
      moto: ["done", "done", "done"],
      because: NOT_CHECKED,
      source: "quotas",
    },
    "shows no tags of the member": {
      moto: 1,
      because: "moto shows members with their tags",
      source: "recorded users and groups",
    },
  },
  "A managed policy": {
    ...each(["is the eleventh of a user never", "is the eleventh of a group never"], {
      moto: ["done", "done"],
      because: NOT_CHECKED,
      source: "quotas",
    }),
    "of a customer says in its default version, percent-encoded, what it was made with": {
      moto: ["v1", true, false, true, "NoSuchEntity 404"],
      because: "moto gives the document as it is",
      source: "GetPolicyVersion",
    },
  },
  "An inline policy": {
    "is replaced whole by the next of its name, in whatever case": {
      moto: [["Own", "own"], false],
      because: "moto tells names apart by case",
      source: "recorded policies",
    },
    "shares 2,048 characters with the others of a user; white space and the replaced one do not count": {
      moto: ["done", "done", "done", "done"],
      because: NOT_CHECKED,
      source: "quotas",
    },
    "of a group has 5,120 characters": { moto: ["done", "done"], because: NOT_CHECKED, source: "quotas" },
  },
  "A permissions boundary": {
    "is put, replaced, and shown with the user": {
      moto: ["HTTP 500", "HTTP 500", "HTTP 500", "none"],
      because: ABSENT,
      source: "PutUserPermissionsBoundary",
    },
    "is deleted once": {
      moto: ["HTTP 500", "HTTP 500", "HTTP 500"],
      because: ABSENT,
      source: "PutUserPermissionsBoundary",
    },
  },
  "A password": {
    "is to be changed at the first sign-in, if asked for": {
      moto: false,
      because: "moto ignores the flag when a password is made",
      source: "CreateLoginProfile",
    },
    "conforms to a policy even where the account has none of its own": {
      moto: allEnd(WEAK_PASSWORDS, "done"),
      because: "moto checks no passwords",
      source: "recorded passwords",
    },
    "conforms to the account's own policy": {
      moto: "done",
      because: "moto checks no passwords",
      source: "password policy",
    },
    "stays as it is where an update names none": {
      moto: ["done", "NoSuchEntity 404"],
      because: "moto takes the password away",
      source: "recorded passwords",
    },
  },
  "An access key": { "is switched off and on, and never expired by a call": ANY_STATUS },
  "An MFA device": {
    "is given only with two codes that it shows": {
      moto: "done",
      because: "moto checks no codes",
      source: "EnableMFADevice",
    },
    "is deleted when nobody has it, once": {
      moto: ["done", "done", "NoSuchEntity 404", "NoSuchEntity 404"],
      because: "moto deletes a device that somebody has",
      source: "DeleteVirtualMFADevice",
    },
    "shows its seed when it is made, and in no list": {
      moto: [true, false],
      because: "moto lists devices with their seeds",
      source: "ListVirtualMFADevices",
    },
  },
  "An SSH public key": {
    "is switched off and on, and never expired by a call": ANY_STATUS,
    "is an RSA key": {
      moto: "done",
      because: "moto takes any text for a key",
      source: "UploadSSHPublicKey",
    },
    "is the sixth of a user never": { moto: ["done", "done"], because: NOT_CHECKED, source: "quotas" },
  },
  "A signing certificate": {
    "has an id of 32 upper-case letters and digits, is listed, and deleted once": {
      moto: [false, "Active", "done", "NoSuchEntity 404"],
      because: "moto's ids have small letters in them",
      source: "SigningCertificate",
    },
    "is switched off and on, and never expired by a call": ANY_STATUS,
  },
  "A service-specific credential": {
    ...each(["is listed, and deleted once", "is switched off and on, and never expired by a call"], {
      moto: "HTTP 500",
      because: ABSENT,
      source: "CreateServiceSpecificCredential",
    }),
    "is the third of a user and a service never": {
      moto: ["HTTP 500", "HTTP 500", "HTTP 500"],
      because: ABSENT,
      source: "CreateServiceSpecificCredential",
    },
  },
  "The deletion": {
    ...each(
      [
        "of a user with a membership is refused",
        "of a user with a password is refused",
        "of a user with an access key is refused",
        "of a user with an SSH key is refused",
        "of a user with a signing certificate is refused",
        "of a user with an MFA device is refused",
      ],
      {
        moto: "done",
        because: "moto asks only for policies to be gone; what else the user had stays behind",
        source: "deleting users",
      },
    ),
    "of a user with a service-specific credential is refused": {
      moto: "HTTP 500",
      because: ABSENT,
      source: "CreateServiceSpecificCredential",
    },
    "of a user with a permissions boundary is not": {
      moto: "HTTP 500",
      because: ABSENT,
      source: "PutUserPermissionsBoundary",
    },
    ...each(
      [
        "of a group with members is refused",
        "of a group with a managed policy is refused",
        "of a group with an inline policy is refused",
      ],
      { moto: "done", because: "moto deletes a group with all that it has", source: "deleting groups" },
    ),
  },
  "The account": {
    "asks for passwords of six characters at least": {
      moto: "done",
      because: "moto allows less",
      source: "UpdateAccountPasswordPolicy",
    },
  },
  GetAccountAuthorizationDetails: {
    "shows a user's permissions boundary": {
      moto: "none",
      because: "moto drops the boundary when it makes the user",
      source: "boundaries",
    },
    "leaves out the list of a user's documents where it is empty, and no other list": {
      moto: [0, 0, 0, "left out"],
      because: "moto leaves out the tags instead",
      source: "recorded accounts",
    },
    "is refused for a kind that does not exist": {
      moto: "done",
      because: "moto gives nothing for a kind that it does not know",
      source: "GetAccountAuthorizationDetails",
    },
    "binds a marker to its filter": {
      moto: ["done", "done"],
      because: "moto has no pages here",
      source: "recorded pages",
    },
  },
  "The credential report": {
    "has the root's row first, then the users in order of names without case": {
      moto: ["user", "b", "C", "a", ""],
      because: "moto's report has no root, an order of its own, and a line end behind the last row",
      source: "recorded reports",
    },
    "has moments to the second, as `2026-11-22T10:00:00Z`": {
      moto: [true, false],
      because: "moto writes the zone as +00:00",
      source: "recorded reports",
    },
    "says of a user with nothing that there is nothing": {
      moto: ["N/A", "a moment", "false", "not_supported"],
      because: "moto has a date of change for a password that does not exist, and not_supported for N/A",
      source: "recorded reports",
    },
    "stays as it was made, whatever changes": {
      moto: false,
      because: "moto makes the report afresh each time; IAM keeps it for four hours",
      source: "credential reports",
    },
  },
  "Read in pages": {
    ...each(
      [
        "ListUsers",
        "ListGroups",
        "GetGroup",
        "ListGroupsForUser",
        "ListUserTags",
        "ListUserPolicies",
        "ListGroupPolicies",
        "ListAccessKeys",
        "ListSSHPublicKeys",
        "ListSigningCertificates",
        "ListMFADevices",
      ],
      {
        moto: ["2"],
        because: "moto gives everything at once, whatever size is asked for",
        source: "ListUsers",
      },
    ),
    ...each(["ListAttachedUserPolicies", "ListAttachedGroupPolicies"], {
      moto: ["1, more", "1, more", "0"],
      because: "moto's last page is followed by an empty one",
      source: "recorded pages",
    }),
    ListServiceSpecificCredentials: {
      moto: "HTTP 500",
      because: ABSENT,
      source: "CreateServiceSpecificCredential",
    },
    GetAccountAuthorizationDetails: {
      moto: ["1"],
      because: "moto has no pages here",
      source: "GetAccountAuthorizationDetails",
    },
  },
  "NoSuchEntity for a user who is not there": {
    ...each(["PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary"], {
      moto: "HTTP 500",
      because: ABSENT,
      source: "PutUserPermissionsBoundary",
    }),
    ...each(
      [
        "ListServiceSpecificCredentials",
        "UpdateServiceSpecificCredential",
        "DeleteServiceSpecificCredential",
      ],
      { moto: "HTTP 500", because: ABSENT, source: "CreateServiceSpecificCredential" },
    ),
  },
};

/** A line's difference, where it has one. */
export function differenceOf(subject: Subject, sentence: string): Difference | undefined {
  const ofSubject: Readonly<Record<string, Difference | undefined>> = DIFFERENCES[subject] ?? {};
  return ofSubject[sentence];
}
