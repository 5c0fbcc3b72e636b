export type Limit = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** Lets at most so many tasks run at a time; the others wait their turn, first come, first served. */
export function limiter(most: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async (): Promise<void> => {
    if (running < most) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  };
  // A task that ends hands its place over, so that nobody can slip in between.
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
