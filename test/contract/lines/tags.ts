import type { IAM } from "@aws-sdk/client-iam";

import { emily, numbered, tag, UserName } from "../given.ts";
import { allEnd, end, ends, endsFor, type Lines } from "../line.ts";

export const RESERVED_KEYS = ["aws:x", "AWS:x"];
export const BAD_KEYS = ["  ", "a!b", "a".repeat(129)];
export const GOOD_KEY = "Kosten_.:/=+-@ für";

async function tagsOf(iam: IAM): Promise<Record<string, string>> {
  const { Tags } = await iam.listUserTags({ UserName });
  return Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

const put = (iam: IAM, keys: readonly string[]) =>
  iam.tagUser({ UserName, Tags: keys.map((key) => tag(key)) });

export const tags = {
  "replaces the value of its key": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.tagUser({ UserName, Tags: [tag("team", "one"), tag("cost", "1")] });
      await iam.tagUser({ UserName, Tags: [tag("team", "two")] });
      return tagsOf(iam);
    },
    gives: { team: "two", cost: "1" },
  },
  "written in another case replaces key and value": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.tagUser({ UserName, Tags: [tag("Team", "one")] });
      await iam.tagUser({ UserName, Tags: [tag("team", "two")] });
      return tagsOf(iam);
    },
    gives: { team: "two" },
  },
  "is not given twice by case in one call": {
    does: async ({ iam }) => {
      await emily(iam);
      return end(put(iam, ["a", "A"]));
    },
    gives: "InvalidInput 400",
  },
  "has a key that does not begin with `aws:`": {
    does: async ({ iam }) => {
      await emily(iam);
      return endsFor(RESERVED_KEYS, (key) => put(iam, [key]));
    },
    gives: allEnd(RESERVED_KEYS, "InvalidInput 400"),
  },
  "has a key of 1 to 128 letters, digits, spaces and `_.:/=+-@`": {
    does: async ({ iam }) => {
      await emily(iam);
      return endsFor([...BAD_KEYS, GOOD_KEY], (key) => put(iam, [key]));
    },
    gives: { ...allEnd(BAD_KEYS, "ValidationError 400"), [GOOD_KEY]: "done" },
  },
  "may have an empty value, and one that begins with `aws:`": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.tagUser({ UserName, Tags: [tag("empty", ""), tag("reserved", "aws:x")] });
      return tagsOf(iam);
    },
    gives: { empty: "", reserved: "aws:x" },
  },
  "is the fifty-first of a user never, and then none of the call is kept": {
    does: async ({ iam }) => {
      await emily(iam);
      await put(iam, numbered("k", 49));
      const seen = await ends([() => put(iam, ["x", "y"]), () => put(iam, ["x"])]);
      return [...seen, Object.keys(await tagsOf(iam)).length];
    },
    gives: ["LimitExceeded 409", "done", 50],
  },
  "is one of fifty in a call at most": {
    does: async ({ iam }) => {
      await emily(iam);
      return end(put(iam, numbered("k", 51)));
    },
    gives: "ValidationError 400",
  },
  "is there in a call that sets tags": {
    does: async ({ iam }) => {
      await emily(iam);
      return end(put(iam, []));
    },
    gives: "InvalidInput 400",
  },
  "is taken off in any case": {
    does: async ({ iam }) => {
      await emily(iam);
      await put(iam, ["Team"]);
      await iam.untagUser({ UserName, TagKeys: ["TEAM"] });
      return tagsOf(iam);
    },
    gives: {},
  },
  "that is absent is taken off without a word": {
    does: async ({ iam }) => {
      await emily(iam);
      return ends([
        () => iam.untagUser({ UserName, TagKeys: ["absent"] }),
        () => iam.untagUser({ UserName, TagKeys: [] }),
      ]);
    },
    gives: ["done", "done"],
  },
} satisfies Lines;
