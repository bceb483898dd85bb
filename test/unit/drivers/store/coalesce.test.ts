import { describe, expect, it } from "vitest";
import { coalesce } from "../../../../src/drivers/store/coalesce.ts";

describe("coalesce", () => {
  it("joins what is asked for in the same turn, and answers each asker with its own result", async () => {
    const batches: (readonly number[])[] = [];
    const double = coalesce<number, number>(async (items) => {
      batches.push(items);
      return items.map((item) => item * 2);
    });
    expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it("gathers the next batch while two are under way", async () => {
    const sizes: number[] = [];
    const slow = coalesce<number, number>(async (items) => {
      sizes.push(items.length);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [...items];
    });
    const first = slow(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = slow(2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([first, second, ...[3, 4, 5, 6].map(slow)]);
    expect(sizes).toEqual([1, 1, 4]);
  });

  it("never exceeds the largest batch", async () => {
    const sizes: number[] = [];
    const act = coalesce<number, number>(async (items) => {
      sizes.push(items.length);
      return [...items];
    }, 10);
    await Promise.all(Array.from({ length: 25 }, (_, n) => act(n)));
    expect(Math.max(...sizes)).toBe(10);
  });

  it("tells every asker of a batch when it fails, and goes on with the next", async () => {
    let failing = true;
    const act = coalesce<number, number>(async (items) => {
      if (failing) throw new Error("away");
      return [...items];
    });
    const results = await Promise.allSettled([act(1), act(2)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    failing = false;
    expect(await act(3)).toBe(3);
  });
});
