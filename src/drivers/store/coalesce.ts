/** Statements of one kind in flight at once; the next batch gathers while they run. */
const AT_ONCE = 2;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Group commit: single rows asked for at about the same time become one statement and one commit.
 * With twenty mails in flight this is the difference between forty commits and four.
 *
 * @param run gets at most `most` items and answers in their order; when it throws, each asker hears it
 */
export function coalesce<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  most = 200,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let inFlight = 0;
  let planned = false;

  const flush = async (): Promise<void> => {
    planned = false;
    if (inFlight >= AT_ONCE || waiting.length === 0) return;
    const batch = waiting.splice(0, most);
    inFlight += 1;
    try {
      const results = await run(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(`A batch of ${batch.length} got ${results.length} answers.`);
      }
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    } finally {
      inFlight -= 1;
      plan();
    }
  };
  const plan = (): void => {
    if (planned || waiting.length === 0 || inFlight >= AT_ONCE) return;
    planned = true;
    // After the events of this turn: whatever they ask for travels together.
    setImmediate(() => void flush());
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      plan();
    });
}
