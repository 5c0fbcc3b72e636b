import { accessKeyOperations } from "./access-keys.ts";
import { attachmentOperations } from "./attachments.ts";
import { certificateOperations } from "./certificates.ts";
import { detailOperations } from "./details.ts";
import { groupOperations } from "./groups.ts";
import { identityOperations } from "./identity.ts";
import { inlineOperations } from "./inline.ts";
import { policyOperations } from "./policies.ts";
import { mfaOperations } from "./mfa.ts";
import type { Operations } from "./operation.ts";
import { passwordOperations } from "./passwords.ts";
import { reportOperations } from "./report.ts";
import { simulationOperations } from "./simulation.ts";
import { serviceCredentialOperations } from "./service-credentials.ts";
import { settingsOperations } from "./settings.ts";
import { sshKeyOperations } from "./ssh-keys.ts";
import { userOperations } from "./users.ts";

/** A service: the version a request names it by, the XML namespace of its answers, and what it can do. */
export interface Service {
  readonly version: string;
  readonly namespace: string;
  readonly operations: Operations;
}

export const IAM: Service = {
  version: "2010-05-08",
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: {
    ...userOperations,
    ...groupOperations,
    ...attachmentOperations,
    ...inlineOperations,
    ...policyOperations,
    ...passwordOperations,
    ...accessKeyOperations,
    ...sshKeyOperations,
    ...certificateOperations,
    ...serviceCredentialOperations,
    ...mfaOperations,
    ...detailOperations,
    ...reportOperations,
    ...settingsOperations,
    ...simulationOperations,
  },
};

const STS: Service = {
  version: "2011-06-15",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations: identityOperations,
};

export const SERVICES: readonly Service[] = [IAM, STS];
