import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/* What `npm ci` may put on a machine. */

interface Package {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(CHECKOUT, file), "utf8"));
}

const { packages } = readJson("package-lock.json") as {
  readonly packages: Readonly<Record<string, Package>>;
};
const installed = Object.entries(packages).filter(([path]) => path.startsWith("node_modules/"));

test("every package that is fetched has a checksum in the lock file", () => {
  expect(installed).not.toEqual([]);
  const unchecked = installed.filter(([, { link, integrity }]) => link !== true && integrity === undefined);
  expect(unchecked.map(([path]) => path)).toEqual([]);
});

test("no package runs a script when it is installed", () => {
  expect(installed.filter(([, each]) => each.hasInstallScript === true).map(([path]) => path)).toEqual([]);
});

test("every dependency is one exact version", () => {
  const { dependencies, devDependencies } = readJson("package.json") as Readonly<
    Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>
  >;
  const all = Object.entries({ ...dependencies, ...devDependencies });
  const loose = all.filter(([, version]) => !/^\d+\.\d+\.\d+$|^file:tools\//.test(version));
  expect(loose).toEqual([]);
});
