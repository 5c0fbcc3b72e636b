import { expect, test } from "vitest";
import { load } from "../../src/roster/load.ts";
import { filesOf } from "./memory.ts";

function user(index: number): string {
  return `  user-${index}:
    name: Person ${index}
    email: person${index}@example.com
    github: person${index}
    groups:
      - group-${index % 100}
      - { group: group-${(index + 7) % 100}, until: 2027-01-31, reason: project ${index} }
    access: [console]
    tags: { team: team-${index % 20} }
`;
}

/** Milliseconds to load a roster of so many users, the best of three. */
async function timed(count: number): Promise<number> {
  const users = Array.from({ length: count }, (_, index) => user(index)).join("");
  const groups = Array.from({ length: 100 }, (_, index) => `  group-${index}: { owners: [user-${index}] }\n`);
  const files = filesOf({ "users.yaml": `users:\n${users}`, "groups.yaml": `groups:\n${groups.join("")}` });
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const { roster, findings } = await load(files);
    times.push(performance.now() - start);
    expect(findings).toEqual([]);
    expect(roster?.users.size).toBe(count);
  }
  return Math.min(...times);
}

test("five times the users take about five times as long, not twenty-five", async () => {
  const few = await timed(1000);
  const many = await timed(5000);
  console.info(`1,000 users are loaded in ${few.toFixed(0)} ms, 5,000 in ${many.toFixed(0)} ms`);
  expect(many / few).toBeLessThan(18);
});

test("ten thousand wrong lines are all told in a moment", async () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `  user-${index}: { groups: [7], acess: [] }\n`);
  const { findings } = await load(filesOf({ "users.yaml": `users:\n${lines.join("")}` }));
  expect(findings).toHaveLength(20_000);
});

test("a chain of ten thousand renames is followed, and its circle found", async () => {
  const chain = (count: number, last: string): string =>
    Array.from({ length: count }, (_, index) => {
      return `  user-${index}: { renamedFrom: ${index === count - 1 ? last : `user-${index + 1}`} }\n`;
    }).join("");
  const straight = await load(filesOf({ "users.yaml": `users:\n${chain(10_000, "older")}` }));
  expect(straight.findings).toEqual([]);
  const circle = await load(filesOf({ "users.yaml": `users:\n${chain(10_000, "user-0")}` }));
  expect(new Set(circle.findings.map(({ code }) => code))).toEqual(new Set(["rename-circle"]));
  expect(circle.findings).toHaveLength(10_000);
});
