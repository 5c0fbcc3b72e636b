import { defineConfig, type OxlintOverride } from "oxlint";

/**
 * The floors. A folder of src imports itself, the folders beneath it, and packages; nothing else. Two folders
 * on one floor do not know each other. cli.ts and action.ts stand above all and import what they like; host holds
 * what they need of the machine, and nothing below knows it.
 */
const floors = [
  ["core"],
  ["roster", "render", "iam", "credentials", "github", "sandbox"],
  ["apply"],
  ["command"],
  ["host"],
] as const;

/** What is pure text and values, floor or not: no package, no node: module. */
const pure = new Set<string>(["core", "render"]);

/** src/apply drives the ports of src/core; it does not know the adapters. */
const seesOnlyCore = new Set<string>(["apply"]);

type Pattern = { readonly regex: string; readonly message: string };

function forbiddenFolders(folder: string): readonly string[] {
  const level = floors.findIndex((floor) => floor.some((name) => name === folder));
  const beneath = seesOnlyCore.has(folder) ? floors[0] : floors.slice(0, level).flat();
  return floors.flat().filter((name) => name !== folder && !beneath.some((seen) => seen === name));
}

function importPatterns(folder: string): Pattern[] {
  const up = String.raw`^(\.\.?/)*\.\./`;
  const folders = forbiddenFolders(folder);
  const entries: Pattern = {
    regex: up + String.raw`(cli|action)\.ts$`,
    message: "nothing imports an entry point",
  };
  const outside: Pattern = {
    regex: up + "(test|scripts|tools|dist|node_modules)/",
    message: "src imports src",
  };
  const floor: Pattern = {
    regex: `${up}(${folders.join("|")})/`,
    message: `src/${folder} does not know ${folders.join(", ")}: imports point down (see oxlint.config.ts)`,
  };
  const packages: Pattern = { regex: "^[^.]", message: `src/${folder} is pure: no package, no node: module` };
  return [entries, outside, ...(folders.length > 0 ? [floor] : []), ...(pure.has(folder) ? [packages] : [])];
}

function floorRule(folder: string): NonNullable<OxlintOverride["rules"]> {
  return { "eslint/no-restricted-imports": ["error", { patterns: importPatterns(folder) }] };
}

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise"],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  categories: { correctness: "error", suspicious: "error" },
  env: { builtin: true, node: true },
  ignorePatterns: ["dist/**", "coverage/**", "src/roster/schema/**"],
  rules: {
    // Promises, switches, values: what the compiler does not see.
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/return-await": ["error", "error-handling-correctness-only"],
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/only-throw-error": "error",
    "typescript/prefer-promise-reject-errors": "error",
    "typescript/use-unknown-in-catch-callback-variable": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-unsafe-argument": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-unsafe-call": "error",
    "typescript/no-unsafe-member-access": "error",
    "typescript/no-unsafe-return": "error",
    "typescript/no-unsafe-function-type": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-deprecated": "error",
    "typescript/restrict-plus-operands": "error",
    "typescript/prefer-nullish-coalescing": ["error", { ignorePrimitives: true }],
    "typescript/ban-ts-comment": "error",
    "eslint/eqeqeq": "error",
    "eslint/array-callback-return": "error",
    "eslint/no-fallthrough": "error",
    "eslint/no-promise-executor-return": "error",
    "eslint/no-constructor-return": "error",
    "eslint/no-self-compare": "error",
    "eslint/radix": "error",

    // House style.
    "typescript/consistent-type-imports": "error",
    "typescript/no-import-type-side-effects": "error",
    "typescript/no-namespace": "error",
    "typescript/no-require-imports": "error",
    "typescript/no-inferrable-types": "error",
    "typescript/prefer-readonly": "error",
    "import/no-default-export": "error",
    "import/no-mutable-exports": "error",
    "import/no-commonjs": "error",
    "import/no-cycle": "error",
    "import/no-duplicates": "error",
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    "unicorn/no-null": "error",
    "unicorn/prefer-node-protocol": "error",
    "unicorn/no-array-for-each": "error",
    "unicorn/throw-new-error": "error",
    "unicorn/error-message": "error",
    "eslint/prefer-const": "error",
    "eslint/no-var": "error",
    "eslint/no-param-reassign": "error",
    "eslint/no-else-return": ["error", { allowElseIf: false }],
    "eslint/no-lonely-if": "error",
    "eslint/object-shorthand": "error",
    "eslint/no-useless-return": "error",
    "eslint/max-depth": ["error", { max: 4 }],
    "eslint/max-params": ["error", { max: 3 }],

    // Off or eased, each for a reason.
    "typescript/no-unsafe-type-assertion": "off", // "unknown at the edge, parsed once" ends in one assertion
    "typescript/no-redundant-type-constituents": "off", // `Arn | "none"` tells the reader what tsc folds away
    "typescript/no-generated-empty-object-type": "off", // `Record<never, never>`: a finding without arguments
    "typescript/no-misused-spread": ["error", { allow: ["string"] }], // `[...text]` counts characters as IAM does
    "typescript/consistent-return": "off", // noImplicitReturns asks the same, and knows `never`
    "eslint/no-unused-vars": [
      "error",
      { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all", ignoreRestSiblings: true },
    ],
    "unicorn/consistent-function-scoping": ["error", { checkArrowFunctions: false }], // local words may stay local
    "eslint/no-underscore-dangle": "off", // a leading underscore marks what is left out on purpose
    "eslint/no-await-in-loop": "off", // pages and lanes go one after the other on purpose
    "import/no-named-as-default-member": "off", // `fc.integer()` is how fast-check is written
    "import/no-named-as-default": "off",
  },
  overrides: [
    {
      files: ["src/**"],
      rules: {
        "eslint/no-console": "error",
        "unicorn/no-process-exit": "error",
        "eslint/max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
        "eslint/max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      },
    },
    {
      files: ["src/core/**"],
      rules: {
        "eslint/no-restricted-globals": [
          "error",
          ...["process", "console", "fetch", "performance", "setTimeout", "setInterval", "Buffer"].map(
            (name) => ({
              name,
              message: "src/core is pure: no clock, no log, no world",
            }),
          ),
        ],
        "eslint/no-restricted-properties": [
          "error",
          { object: "Date", property: "now", message: "the clock is an argument" },
          { object: "Math", property: "random", message: "same input, same plan" },
          { object: "crypto", property: "randomUUID", message: "same input, same plan" },
          { object: "crypto", property: "getRandomValues", message: "same input, same plan" },
        ],
      },
    },
    ...floors.flat().map((folder) => ({
      files: [`src/${folder}/**`],
      rules: floorRule(folder),
    })),
    {
      files: ["test/**"],
      plugins: ["typescript", "unicorn", "oxc", "import", "promise", "vitest"],
      rules: {
        "typescript/no-non-null-assertion": "off",
        "typescript/no-unsafe-assignment": "off", // expect.stringContaining and its like are `any`
        "unicorn/consistent-function-scoping": "off",
        "vitest/expect-expect": "off", // a law states its expectation inside fc.assert
        "vitest/no-conditional-expect": "off",
        "vitest/require-mock-type-parameters": "off",
        "vitest/no-focused-tests": "error",
        "vitest/no-disabled-tests": "error",
      },
    },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
