/** What ajv says of a value that is not valid; only where it is and which keyword refused it are used. */
export interface Refusal {
  /** A JSON Pointer into the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set where a key, not a value, is wrong. */
  readonly propertyName?: string;
}

export interface Validator {
  (value: unknown): boolean;
  readonly errors: readonly Refusal[] | null;
}

export const users: Validator;
export const groups: Validator;
export const roster: Validator;
