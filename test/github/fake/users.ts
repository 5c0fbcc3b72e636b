import { notFound, ok, refuse } from "./answer.ts";
import { nodeId, type Plays } from "./call.ts";
import { PAGING, pageOf } from "./pages.ts";
import type { App, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

/** The same login has the same number in every test. */
function userId(login: string): number {
  if (login === "github-actions[bot]") return 41_898_282;
  return (
    [...login].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 90_000_000, 7) + 1_000_000
  );
}

export function simpleUser({ apiUrl }: World, login: string): View {
  const isBot = login.endsWith("[bot]");
  const id = userId(login);
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  const page = isBot ? `apps/${login.replace("[bot]", "")}` : login;
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot ? "Bot" : "User",
    site_admin: false,
    user_view_type: "public",
  };
}

const BORN = "2019-01-01T00:00:00Z";

/** Who asks, as GitHub shows them to everybody. */
function publicUser(world: World, login: string): View {
  const rest = { name: undefined, company: undefined, blog: "", location: undefined, email: undefined };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  const times = { created_at: BORN, updated_at: BORN };
  return { ...simpleUser(world, login), ...rest, hireable: undefined, bio: undefined, ...counts, ...times };
}

/** The app behind what a token did. */
export function integration(world: World, app: App): View {
  return {
    id: app.id,
    client_id: `Iv1.${app.id}`,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: simpleUser(world, "github"),
    name: app.slug,
    description: "",
    external_url: "https://github.com",
    html_url: `https://github.com/apps/${app.slug}`,
    created_at: BORN,
    updated_at: BORN,
    permissions: { checks: "write", contents: "read", issues: "write", metadata: "read" },
    events: [],
  };
}

export const USERS: Plays = {
  "GET /user": {
    needs: undefined,
    play({ world, token }) {
      if (token === undefined) throw refuse(401, "Requires authentication");
      // The token of an installation is nobody's: there is no user to show.
      if (token.app !== undefined) throw refuse(403, "Resource not accessible by integration");
      return ok(publicUser(world, token.login));
    },
  },
  "GET /users/{username}/keys": {
    needs: undefined,
    query: PAGING,
    play(call) {
      const keys = call.world.keys.get(call.path["username"] ?? "");
      if (keys === undefined) throw notFound();
      const { items, headers } = pageOf(
        call,
        keys.map((key, index) => ({ id: index + 1, key })),
      );
      return { ...ok(items), headers };
    },
  },
};
