import type { OpenAccount } from "../command/applying.ts";
import type { DoctorPorts } from "../command/doctor.ts";
import { iamAccess } from "../iam/access.ts";
import { type Agent, iamClients } from "../iam/client.ts";
import { iamRead } from "../iam/read.ts";
import { iamWrite } from "../iam/write.ts";
import { clock } from "./machine.ts";

/* The account behind the credentials at hand. Whoever does not need it does not load this. */

export function openAccount(agent: Agent): OpenAccount {
  const clients = iamClients(clock, agent);
  return { read: iamRead(clients, clock), write: iamWrite(clients) };
}

export function openAccess(agent: Agent): Pick<DoctorPorts, "read" | "access"> {
  const clients = iamClients(clock, agent);
  return { read: iamRead(clients, clock), access: iamAccess(clients) };
}
