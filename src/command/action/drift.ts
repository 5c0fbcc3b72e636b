import type { ActionEnded, ActionPorts } from "./ports.ts";

export async function reportDrift(_ports: ActionPorts): Promise<ActionEnded> {
  throw new Error("not there yet");
}
