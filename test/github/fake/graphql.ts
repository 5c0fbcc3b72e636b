import { ok, refuse } from "./answer.ts";
import type { Plays } from "./call.ts";

/** GraphQL is not in the description: this one question is all that is played. */
export const VIEWER = "POST /graphql";

export const GRAPHQL: Plays = {
  [VIEWER]: {
    needs: undefined,
    keys: ["query", "variables"],
    play({ token, body }) {
      if (token === undefined) throw refuse(401, "This endpoint requires you to be authenticated.");
      const { query, variables = {} } = body as { readonly query?: unknown; readonly variables?: object };
      const asked = String(query).replaceAll(/\s+/g, "");
      if (!/^(?:query)?\{viewer\{login\}\}$/.test(asked) || Object.keys(variables).length > 0) {
        throw new Error(`the fake knows no GraphQL but { viewer { login } }: ${String(query)}`);
      }
      return ok({ data: { viewer: { login: token.login } } });
    },
  },
};
