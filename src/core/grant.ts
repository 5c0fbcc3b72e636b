import type { Credential } from "./roster.ts";
import type { Arn, GroupName, Path, UserName } from "./state.ts";

/** One thing a person (or whoever may act on a group) is newly given, as a reviewer would name it. */
export type Grant =
  /** `policy` is an ARN, or `sha256:` and the digest of an inline document; `via` the group it comes through. */
  | { readonly user: UserName; readonly via?: GroupName; readonly policy: string }
  | { readonly user: UserName; readonly group: GroupName }
  | { readonly user: UserName; readonly boundary: Arn | "none" }
  /** No `value`: the tag is taken away. */
  | { readonly user: UserName; readonly tag: string; readonly value?: string }
  | { readonly user: UserName; readonly path: Path }
  /** `to`: the fingerprints of those who can read it, in order, with a space between. `token`: what asks for another. */
  | {
      readonly user: UserName;
      readonly credential: Credential;
      readonly to: string;
      readonly token?: string;
    }
  | { readonly user: UserName; readonly renamedFrom: UserName }
  | { readonly group: GroupName; readonly path: Path }
  | { readonly group: GroupName; readonly renamedFrom: GroupName };
