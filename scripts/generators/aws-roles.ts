import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Document, Scalar, visit } from "yaml";
import { type Job, JOBS } from "../../src/core/job.ts";
import { jobPolicy } from "../../src/iam/job-policy.ts";
import type { Generator } from "./generator.ts";

const path = "examples/aws/roles.yaml";

/** Where the template says `# generated: JOB`, the statements that `iam-roster permissions JOB` prints; the rest is by hand. */
export const awsRoles: Generator = {
  path,
  make: async () => {
    const template = await readFile(join(import.meta.dirname, "../..", path), "utf8");
    return template.replaceAll(BLOCK, (_, indent: string, job: string) => {
      const known = JOBS.find((each) => each === job);
      if (known === undefined) throw new Error(`${path}: there is no job ${job}`);
      return `${indent}# generated: ${job}\n${indented(statements(known), indent)}${indent}# end\n`;
    });
  },
};

const BLOCK = /^( *)# generated: (\w+)\n[^]*?^ *# end\n/gm;

/** In the template's own parameters, as CloudFormation puts them in. */
const SCOPE = {
  partition: "${AWS::Partition}",
  account: "${AWS::AccountId}",
  paths: ["${Path}"],
  protected: [],
};

function statements(job: Job): string {
  const document = new Document(jobPolicy(job, SCOPE).Statement);
  visit(document, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === "string" && scalar.value.includes("${")) scalar.tag = "!Sub";
      if (scalar.value === "*") scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function indented(text: string, indent: string): string {
  return text.replaceAll(/^(?=.)/gm, indent);
}
