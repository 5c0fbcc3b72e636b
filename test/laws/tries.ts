/** How often a property is tried: as often as usual, or as `RUNS` says, for a longer search. */
export function tries(usual: number): { readonly numRuns: number } {
  return { numRuns: Number(process.env["RUNS"] ?? usual) };
}
