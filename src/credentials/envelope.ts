import { armor, Encrypter } from "age-encryption";
import type { Recipient } from "../core/recipient.ts";
import { ageSshRecipient } from "./age-ssh.ts";

/** The text as an armored age file, ending in one newline, that each of the recipients can open alone. */
export async function seal(text: string, recipients: readonly Recipient[]): Promise<string> {
  if (recipients.length === 0) throw new Error("there is nobody to encrypt to");
  const encrypter = new Encrypter();
  for (const { type, key } of recipients) encrypter.addRecipient(type === "age" ? key : ageSshRecipient(key));
  return armor.encode(await encrypter.encrypt(text));
}
