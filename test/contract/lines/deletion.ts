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
  PASSWORD,
  readers,
  tag,
  UserName,
} from "../given.ts";
import { end, type Line, type Lines } from "../line.ts";

/** How the deletion of Emily ends when she has this. */
function userWith(give: (iam: IAM) => Promise<unknown>, gives = "DeleteConflict 409"): Line {
  return {
    does: async ({ iam }) => {
      await emily(iam);
      await give(iam);
      return end(iam.deleteUser({ UserName }));
    },
    gives,
  };
}

/** How the deletion of the readers ends when they have this. */
function groupWith(give: (iam: IAM) => Promise<unknown>): Line {
  return {
    does: async ({ iam }) => {
      await give(iam);
      return end(iam.deleteGroup({ GroupName }));
    },
    gives: "DeleteConflict 409",
  };
}

const PolicyArn = awsPolicy("ReadOnlyAccess");
const inline = { PolicyName: "own", PolicyDocument: allow("s3:*") };

export const deletion = {
  "of a user with a membership is refused": userWith(async (iam) => {
    await readers(iam);
    await iam.addUserToGroup({ UserName, GroupName });
  }),
  "of a user with a managed policy is refused": userWith((iam) =>
    iam.attachUserPolicy({ UserName, PolicyArn }),
  ),
  "of a user with an inline policy is refused": userWith((iam) => iam.putUserPolicy({ UserName, ...inline })),
  "of a user with a password is refused": userWith((iam) =>
    iam.createLoginProfile({ UserName, Password: PASSWORD }),
  ),
  "of a user with an access key is refused": userWith(newKey),
  "of a user with an SSH key is refused": userWith((iam) =>
    iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) }),
  ),
  "of a user with a signing certificate is refused": userWith((iam) =>
    iam.uploadSigningCertificate({ UserName, CertificateBody: certificate(1) }),
  ),
  "of a user with a service-specific credential is refused": userWith((iam) =>
    iam.createServiceSpecificCredential({ UserName, ServiceName: "codecommit.amazonaws.com" }),
  ),
  "of a user with an MFA device is refused": userWith(async (iam) => enable(iam, await newDevice(iam))),
  "of a user with nothing but tags is not": userWith(
    (iam) => iam.tagUser({ UserName, Tags: [tag("team")] }),
    "done",
  ),
  "of a user with a permissions boundary is not": userWith(
    (iam) => iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: PolicyArn }),
    "done",
  ),
  "of a group with members is refused": groupWith(member),
  "of a group with a managed policy is refused": groupWith(async (iam) => {
    await readers(iam);
    await iam.attachGroupPolicy({ GroupName, PolicyArn });
  }),
  "of a group with an inline policy is refused": groupWith(async (iam) => {
    await readers(iam);
    await iam.putGroupPolicy({ GroupName, ...inline });
  }),
} satisfies Lines;
