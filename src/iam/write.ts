import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";

import { byKind } from "../core/change.ts";
import { IamFailure, inDoubt, isAnswer } from "../core/failure.ts";
import type { IamWrite } from "../core/port.ts";
import { required } from "./answer.ts";
import type { Clients } from "./client.ts";
import { PROOFS } from "./proof.ts";
import { createdId, SENDS } from "./send.ts";

/** Makes each change with one call. What IAM refuses because it is so already, and provably so, counts as done. */
export function iamWrite({ iam }: Pick<Clients, "iam">): IamWrite {
  return {
    write: async (change, { now, id }) => {
      try {
        return createdId(await byKind(SENDS, change, iam, now));
      } catch (failure) {
        if (!(failure instanceof IamFailure)) throw failure;
        // A proof that cannot be had is none: what stands is the refusal.
        const proven = await byKind(PROOFS, change, { iam, failure, id }).catch(() => false as const);
        if (proven === false) throw failure;
        return proven === true ? undefined : proven.id;
      }
    },
    setPassword: async (UserName, Password) => {
      const given = { UserName, Password, PasswordResetRequired: true };
      try {
        await iam.send(new CreateLoginProfileCommand(given));
      } catch (failure) {
        // There is one: another's, or ours, of which the answer was lost.
        if (!isAnswer(failure, "EntityAlreadyExists")) throw failure;
        await iam.send(new UpdateLoginProfileCommand(given)).catch((refusal: unknown) => {
          throw failure.ambiguous ? inDoubt(refusal) : refusal;
        });
      }
    },
    createAccessKey: async (UserName) => {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const { AccessKeyId, SecretAccessKey } = required(AccessKey, "CreateAccessKey");
      return {
        id: required(AccessKeyId, "CreateAccessKey"),
        secret: required(SecretAccessKey, "CreateAccessKey"),
      };
    },
  };
}
