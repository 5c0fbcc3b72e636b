import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type Account, type AccountSettings, timeOf } from "./account.ts";
import { administrator } from "./callers.ts";
import type { Call, Moment } from "./calls.ts";
import { control } from "./control.ts";
import { type AccountData, snapshotOf } from "./data.ts";
import { concealmentOf, createStriker, deniedBy, type Fault } from "./faults.ts";
import { loadAccount } from "./load.ts";
import { IAM } from "./operations.ts";
import { matches } from "./passwords.ts";
import { createStateFile, readState, unreadable } from "./state-file.ts";
import { type Answer, formOf, type Plain } from "./wire.ts";
import { type Reply, serve, type World } from "./world.ts";

export interface SandboxOptions extends AccountSettings {
  /** Default 0: one that is free. */
  readonly port?: number | undefined;
  /** Read at the start if it exists, written after each write. */
  readonly stateFile?: string | undefined;
  /** What the account holds at the start, where no state file does. */
  readonly state?: AccountData | undefined;
  readonly faults?: readonly Fault[] | undefined;
  /** Told of what keeps a call from its answer: the state file cannot be written. */
  readonly onFailure?: ((error: Error) => void) | undefined;
  /** Milliseconds that every call takes. */
  readonly latency?: number | undefined;
  /** The ARN of whoever signs with a key that was not issued here. */
  readonly administrator?: string | undefined;
}

/** A running sandbox on 127.0.0.1. */
export interface Sandbox {
  readonly url: string;
  readonly accountId: string;
  /** Every call so far, in the order in which they came. */
  readonly calls: readonly Call[];
  /** Puts these faults, counted from now, in the place of the present ones. */
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Lets something happen just before a call is looked at, once; the call waits for it. */
  readonly before: (moment: Moment, action: () => unknown) => void;
  /** What another administrator does meanwhile: at once, without faults, not in the log. Throws IamError. */
  readonly act: (operation: string, input?: { readonly [name: string]: Plain }) => Answer;
  /** Signs a person in at the console, which the credential report then shows. */
  readonly signIn: (user: string, password: string) => "in" | "reset-required" | "refused";
  /** Puts the clock forward, in milliseconds. */
  readonly advance: (duration: number) => void;
  readonly snapshot: () => Required<AccountData>;
  /** Puts an account of this data in the place of the present one. */
  readonly load: (data: AccountData) => void;
  readonly close: () => Promise<void>;
}

/** Serves the account until it is closed. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let ahead = 0;
  const clock = options.clock ?? Date.now;
  const settings: AccountSettings = { ...options, clock: () => clock() + ahead };
  const world = await createWorld(options, settings);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE });
  const sandbox: Sandbox = {
    ...controls(world, settings, options.seed),
    url: await listen(server, options.port ?? 0),
    advance: (duration) => {
      ahead += duration;
    },
    close: async () => {
      await close(server);
      await world.stateFile?.save();
    },
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void respond({ world, sandbox }, request, response).catch((error: unknown) => {
      options.onFailure?.(asError(error));
      response.destroy(asError(error));
    });
  });
  sandbox.setFaults(options.faults ?? []);
  return sandbox;
}

/** Milliseconds: longer than a client waits between two calls, so that no connection ends under its hands. */
const KEEP_ALIVE = 120_000;

async function createWorld(options: SandboxOptions, settings: AccountSettings): Promise<World> {
  const { stateFile: file } = options;
  const kept = file === undefined ? undefined : await keptAccount(file, settings);
  const world: World = {
    account: kept ?? loadAccount(options.state ?? {}, settings),
    striker: createStriker([]),
    calls: [],
    hooks: [],
    underWay: 0,
    adminArn: options.administrator,
    latency: options.latency ?? 0,
    stateFile: file === undefined ? undefined : createStateFile(file, () => snapshotOf(world.account)),
  };
  // Whoever would write in vain is told so before the first call.
  await world.stateFile?.save();
  return world;
}

async function keptAccount(file: string, settings: AccountSettings): Promise<Account | undefined> {
  const kept = await readState(file);
  try {
    return kept && loadAccount(kept, settings);
  } catch (error) {
    throw unreadable(file, error);
  }
}

type Controls = Omit<Sandbox, "url" | "advance" | "close">;

function controls(world: World, settings: AccountSettings, seed: string | undefined): Controls {
  return {
    accountId: world.account.id,
    calls: world.calls,
    setFaults: (faults) => {
      world.striker = createStriker(faults, seed);
      Object.assign(world.account, { concealment: concealmentOf(faults), denied: deniedBy(faults) });
    },
    before: (moment, action) => {
      world.hooks = [...world.hooks, { moment, action }];
    },
    act: (operation, input = {}) => {
      const found = IAM.operations[operation];
      if (found === undefined) throw new TypeError(`the sandbox has no operation ${operation}`);
      return found.run(world.account, formOf(input), administrator(world.account, world.adminArn));
    },
    signIn: (name, password) => {
      const user = world.account.users.find(name);
      if (user?.password === undefined || !matches(user.password.hash, password)) return "refused";
      user.passwordLastUsed = timeOf(world.account);
      return user.password.resetRequired ? "reset-required" : "in";
    },
    snapshot: () => snapshotOf(world.account),
    load: (data) => {
      const { concealment, denied } = world.account;
      world.account = Object.assign(loadAccount(data, settings), { concealment, denied });
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

interface Running {
  readonly world: World;
  readonly sandbox: Sandbox;
}

const CONTROL_PREFIX = "/sandbox/";

async function respond(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const { url = "/", method = "GET" } = request;
  if (url.startsWith(CONTROL_PREFIX)) {
    const reply = control(running.sandbox, `${method} ${url}`, body);
    response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
    return;
  }
  const reply = await serve(running.world, {
    body,
    authorization: request.headers.authorization,
    userAgent: request.headers["user-agent"],
  });
  if (reply === "cut") request.socket.destroy();
  else send(response, reply);
}

function send(response: ServerResponse, { status, xml, requestId }: Reply): void {
  response.writeHead(status, { "content-type": "text/xml", "x-amzn-requestid": requestId }).end(xml);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
