/* The environment of a process in which sandboxes may run, so that calls to them are recorded as well. */

export function recordingEnvironment(): Readonly<Record<string, string>> {
  const directory = process.env["RECORD_CALLS"];
  if (directory === undefined) return {};
  return {
    RECORD_CALLS: directory,
    NODE_OPTIONS: `--import=${new URL("recorder.ts", import.meta.url).href}`,
  };
}
