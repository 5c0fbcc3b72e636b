import { documentSize, type JsonObject } from "./documents.ts";
import { sameName } from "./names.ts";

interface InlinePolicy {
  readonly name: string;
  readonly document: JsonObject;
}

/**
 * The characters that all inline policies of a user or group will have together after this one is put. The quota is on
 * the sum; a policy that the put replaces no longer counts.
 */
export function inlineSizeAfter(policies: Iterable<InlinePolicy>, put: InlinePolicy): number {
  let size = documentSize(put.document);
  for (const policy of policies) {
    if (!sameName(policy.name, put.name)) size += documentSize(policy.document);
  }
  return size;
}
