import type { IAM } from "@aws-sdk/client-iam";

import { certificate, rsaKey } from "../../sandbox/material.ts";
import { allow, awsPolicy } from "../../sandbox/start.ts";
import {
  emily,
  enable,
  GroupName,
  member,
  newDevice,
  newKey,
  numbered,
  readers,
  tag,
  UserName,
} from "../given.ts";
import type { Line, Lines } from "../line.ts";

/*
 * Every list that the program reads, and others: two items, read one at a time.
 */

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

interface Listing {
  readonly with: (iam: IAM) => Promise<unknown>;
  readonly read: (iam: IAM, page: { MaxItems: number; Marker?: string | undefined }) => Promise<Page>;
}

function itemsIn(page: Page): number {
  return (
    Object.values(page).find((value): value is unknown[] => Array.isArray(value) && value.length > 0)
      ?.length ?? 0
  );
}

/** What each page held, and whether it said that there is another. */
function paged({ with: given, read }: Listing): Line {
  return {
    does: async ({ iam }) => {
      await given(iam);
      const seen: string[] = [];
      let Marker: string | undefined;
      do {
        const page = await read(iam, { MaxItems: 1, Marker });
        Marker = page.IsTruncated === true ? page.Marker : undefined;
        seen.push(`${itemsIn(page)}${Marker === undefined ? "" : ", more"}`);
      } while (Marker !== undefined && seen.length < MOST_PAGES);
      return seen;
    },
    gives: ["1, more", "1"],
  };
}

const MOST_PAGES = 4;

const two = async (make: (name: string) => Promise<unknown>) => {
  for (const name of numbered("n", 2)) await make(name);
};

async function twoPolicies(attach: (PolicyArn: string) => Promise<unknown>): Promise<void> {
  for (const name of ["ReadOnlyAccess", "SecurityAudit"]) await attach(awsPolicy(name));
}

const users = (iam: IAM) => two((name) => iam.createUser({ UserName: name }));
const groups = (iam: IAM) => two((name) => iam.createGroup({ GroupName: name }));
const document = { PolicyDocument: allow("s3:*") };

async function twice(iam: IAM, make: () => Promise<unknown>): Promise<void> {
  await emily(iam);
  await make();
  await make();
}

const LISTINGS = {
  ListUsers: { with: users, read: (iam, page) => iam.listUsers(page) },
  ListGroups: { with: groups, read: (iam, page) => iam.listGroups(page) },
  GetGroup: {
    with: async (iam) => {
      await Promise.all([readers(iam), users(iam)]);
      await two((name) => iam.addUserToGroup({ UserName: name, GroupName }));
    },
    read: (iam, page) => iam.getGroup({ GroupName, ...page }),
  },
  ListGroupsForUser: {
    with: async (iam) => {
      await Promise.all([emily(iam), groups(iam)]);
      await two((name) => iam.addUserToGroup({ UserName, GroupName: name }));
    },
    read: (iam, page) => iam.listGroupsForUser({ UserName, ...page }),
  },
  ListUserTags: {
    with: async (iam) => {
      await emily(iam);
      await iam.tagUser({ UserName, Tags: [tag("a"), tag("b")] });
    },
    read: (iam, page) => iam.listUserTags({ UserName, ...page }),
  },
  ListAttachedUserPolicies: {
    with: async (iam) => {
      await emily(iam);
      await twoPolicies((PolicyArn) => iam.attachUserPolicy({ UserName, PolicyArn }));
    },
    read: (iam, page) => iam.listAttachedUserPolicies({ UserName, ...page }),
  },
  ListAttachedGroupPolicies: {
    with: async (iam) => {
      await readers(iam);
      await twoPolicies((PolicyArn) => iam.attachGroupPolicy({ GroupName, PolicyArn }));
    },
    read: (iam, page) => iam.listAttachedGroupPolicies({ GroupName, ...page }),
  },
  ListUserPolicies: {
    with: async (iam) => {
      await emily(iam);
      await two((PolicyName) => iam.putUserPolicy({ UserName, PolicyName, ...document }));
    },
    read: (iam, page) => iam.listUserPolicies({ UserName, ...page }),
  },
  ListGroupPolicies: {
    with: async (iam) => {
      await readers(iam);
      await two((PolicyName) => iam.putGroupPolicy({ GroupName, PolicyName, ...document }));
    },
    read: (iam, page) => iam.listGroupPolicies({ GroupName, ...page }),
  },
  ListAccessKeys: {
    with: (iam) => twice(iam, () => newKey(iam)),
    read: (iam, page) => iam.listAccessKeys({ UserName, ...page }),
  },
  ListSSHPublicKeys: {
    with: (iam) => twice(iam, () => iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) })),
    read: (iam, page) => iam.listSSHPublicKeys({ UserName, ...page }),
  },
  ListSigningCertificates: {
    with: async (iam) => {
      await emily(iam);
      for (const number of [1, 2] as const)
        await iam.uploadSigningCertificate({ UserName, CertificateBody: certificate(number) });
    },
    read: (iam, page) => iam.listSigningCertificates({ UserName, ...page }),
  },
  ListServiceSpecificCredentials: {
    with: (iam) =>
      twice(iam, () =>
        iam.createServiceSpecificCredential({ UserName, ServiceName: "codecommit.amazonaws.com" }),
      ),
    read: (iam, page) => iam.listServiceSpecificCredentials({ UserName, ...page }),
  },
  ListMFADevices: {
    with: async (iam) => {
      await emily(iam);
      await two(async (name) => enable(iam, await newDevice(iam, name)));
    },
    read: (iam, page) => iam.listMFADevices({ UserName, ...page }),
  },
  GetAccountAuthorizationDetails: {
    with: member,
    read: (iam, page) => iam.getAccountAuthorizationDetails({ Filter: ["User", "Group"], ...page }),
  },
} satisfies Readonly<Record<string, Listing>>;

type Operation = keyof typeof LISTINGS;

export const lists = Object.fromEntries(
  Object.entries(LISTINGS).map(([operation, listing]) => [operation, paged(listing)]),
) as Readonly<Record<Operation, Line>> satisfies Lines;
