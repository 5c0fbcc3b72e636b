import { setTimeout as sleep } from "node:timers/promises";

import type { Account } from "./account.ts";
import { askedOf } from "./asked.ts";
import { authenticate, administrator } from "./callers.ts";
import { type Call, CALLS, FORMS, isMoment, loggedInput, type Moment } from "./calls.ts";
import { IamError } from "./errors.ts";
import type { Strike, Striker } from "./faults.ts";
import type { Caller, Operation } from "./operation.ts";
import { IAM, SERVICES, type Service } from "./operations.ts";
import type { StateFile } from "./state-file.ts";
import { type Answer, type FormTree, parseForm, renderAnswer, renderError } from "./wire.ts";

/*
 * One request from its form to its XML, with the faults on its way.
 */

/** What changes while a sandbox runs. */
export interface World {
  account: Account;
  striker: Striker;
  readonly calls: Call[];
  hooks: readonly Hook[];
  underWay: number;
  readonly adminArn: string | undefined;
  /** Milliseconds every call takes. */
  readonly latency: number;
  readonly stateFile: StateFile | undefined;
}

export interface Hook {
  readonly moment: Moment;
  readonly action: () => unknown;
}

export interface Reply {
  readonly status: number;
  readonly xml: string;
  readonly requestId: string;
}

export interface Request {
  readonly body: string;
  readonly authorization: string | undefined;
  readonly userAgent: string | undefined;
}

/** `cut`: give no answer, break the connection. */
export async function serve(world: World, request: Request): Promise<Reply | "cut"> {
  const requestId = crypto.randomUUID();
  let service = IAM;
  try {
    const form = parseForm(request.body);
    service = SERVICES.find(({ version }) => version === form.get("Version")) ?? IAM;
    const { name, operation } = findOperation(service, form);
    const caller = authenticate(
      world.account,
      request.authorization,
      administrator(world.account, world.adminArn),
    );
    const answer = await perform(world, { name, operation, form, caller, userAgent: request.userAgent });
    if (answer === "cut") return "cut";
    const xml = renderAnswer({ operation: name, namespace: service.namespace, requestId }, answer.answer);
    return { status: 200, xml: answer.isHalf ? xml.slice(0, xml.length / 2) : xml, requestId };
  } catch (error) {
    if (!(error instanceof IamError)) throw error;
    return {
      status: error.status,
      xml: renderError({ namespace: service.namespace, requestId }, error),
      requestId,
    };
  }
}

function findOperation(
  service: Service,
  form: FormTree,
): { readonly name: string; readonly operation: Operation } {
  const name = form.get("Action");
  if (typeof name !== "string") throw new IamError("MissingAction", "Missing Action");
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (operation === undefined) {
    throw new IamError("InvalidAction", `Could not find operation ${name} for version ${service.version}`);
  }
  return { name, operation };
}

interface Performance {
  readonly name: string;
  readonly operation: Operation;
  readonly form: FormTree;
  readonly caller: Caller;
  readonly userAgent: string | undefined;
}

/** The answer is wrapped, since undefined is one. */
interface Performed {
  readonly answer: Answer;
  readonly isHalf: boolean;
}

/** Logs the call and carries it out. */
async function perform(world: World, run: Performance): Promise<Performed | "cut"> {
  world.underWay += 1;
  const call: Call = {
    number: world.calls.length + 1,
    operation: run.name,
    input: loggedInput(run.form),
    caller: run.caller.arn,
    userAgent: run.userAgent,
    asked: askedOf(world.account, run.name, run.form),
    at: world.account.clock(),
    concurrency: world.underWay,
    outcome: undefined,
  };
  world.calls.push(call);
  CALLS.publish(call);
  FORMS.publish({ operation: run.name, userAgent: run.userAgent, form: run.form });
  try {
    await runHooks(world, call);
    const answer = await strikeAndRun(world, run);
    call.outcome = answer === "cut" ? "cut" : "done";
    return answer;
  } catch (error) {
    call.outcome = error instanceof IamError ? error.code : "crashed";
    throw error;
  } finally {
    world.underWay -= 1;
  }
}

/** Each hook runs once. */
async function runHooks(world: World, call: Call): Promise<void> {
  const due = world.hooks.filter(({ moment }) => isMoment(moment, call));
  world.hooks = world.hooks.filter((hook) => !due.includes(hook));
  for (const { action } of due) await action();
}

async function strikeAndRun(world: World, run: Performance): Promise<Performed | "cut"> {
  const { name: operation, form, caller } = run;
  const strike = world.striker({ operation, form, callerArn: caller.arn }, world.account);
  const wait = world.latency + (strike.delay ?? 0);
  if (wait > 0) await sleep(wait);
  if (strike.before === "cut") return "cut";
  if (strike.before !== undefined) throw strike.before;
  const answer = run.operation.run(world.account, shortened(form, strike), caller);
  if (run.operation.writes) await world.stateFile?.save();
  if (strike.after === "cut") return "cut";
  if (strike.after !== undefined) throw strike.after;
  return { answer: thinned(answer, strike), isHalf: strike.isHalf ?? false };
}

function shortened(form: FormTree, { mostItems }: Strike): FormTree {
  if (mostItems === undefined) return form;
  const asked = Number(form.get("MaxItems") ?? 100);
  return new Map(form).set("MaxItems", String(Math.min(asked, mostItems)));
}

/** Leaves items out of the lists of a page, without a word. */
function thinned(answer: Answer, { missingItems }: Strike): Answer {
  if (missingItems === undefined || typeof answer !== "object" || !("IsTruncated" in answer)) return answer;
  const members = Object.entries(answer).map(([name, value]: [string, Answer]): [string, Answer] => [
    name,
    Array.isArray(value) ? (value.slice(missingItems) as readonly Answer[]) : value,
  ]);
  return Object.fromEntries(members);
}
