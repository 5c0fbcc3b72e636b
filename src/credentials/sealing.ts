import type { Random, Sealing } from "../core/port.ts";
import { seal } from "./envelope.ts";
import { keyLetter, passwordLetter } from "./letters.ts";
import { generatePassword } from "./password.ts";

/** Passwords from this chance, and letters closed up with age. */
export function ageSealing(random: Random): Sealing {
  return {
    newRunName: () => Array.from({ length: 8 }, () => random.integer(16).toString(16)).join(""),
    newPassword: (policy) => generatePassword(policy, random),
    sealPassword: (of, to) => seal(passwordLetter(of), to),
    sealKey: (of, to) => seal(keyLetter(of), to),
  };
}
