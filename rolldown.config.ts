import { chmod, glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig, type Plugin, type RolldownOptions } from "rolldown";

/** The package folder that a bundled module comes from; undefined for our own modules. */
function packageFolder(moduleId: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(moduleId.replaceAll("\\", "/"))?.[0];
}

interface License {
  readonly name: string;
  readonly text: string;
}

async function licenseOf(folder: string): Promise<License> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, license } = manifest as { readonly name: string; readonly license: string };
  const files = await Array.fromAsync(glob("{LICENSE,LICENCE,license,NOTICE}*", { cwd: folder }));
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), "utf8")));
  return { name: `${name} (${license})`, text: texts.map((text) => text.trim()).join("\n\n") };
}

/** Writes licenses.txt: a bundle carries the notices of the packages in it, each text once. */
function licenses(): Plugin {
  return {
    name: "licenses",
    async generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== undefined));
      const found = await Promise.all([...folders].toSorted().map(licenseOf));
      const sections = Map.groupBy(found, ({ text }) => text)
        .entries()
        .map(([text, packages]) => `${packages.map(({ name }) => name).join("\n")}\n\n${text}\n`);
      const source = [...sections].join(`\n${"-".repeat(80)}\n\n`);
      this.emitFile({ type: "asset", fileName: "licenses.txt", source });
    },
  };
}

function executable(path: string): Plugin {
  return { name: "executable", writeBundle: () => chmod(path, 0o755) };
}

/** How a program for Node is bundled. */
export const forNode = {
  platform: "node",
  transform: { target: "node24" },
  // Of the AWS SDK as modules, what nobody calls is left out: three quarters of it.
  resolve: { mainFields: ["module", "main"] },
} as const satisfies RolldownOptions;

export default defineConfig({
  ...forNode,
  input: { cli: "src/cli.ts", action: "src/action.ts" },
  output: {
    dir: "dist",
    cleanDir: true,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    postBanner: (chunk) => (chunk.isEntry && chunk.name === "cli" ? "#!/usr/bin/env node" : ""),
  },
  plugins: [licenses(), executable("dist/cli.js")],
});
