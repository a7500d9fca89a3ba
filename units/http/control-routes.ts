/** End points that no real unit has: for tests and scripts on this machine, not for web pages. */
import type { Clock } from "../clock.ts";
import type { ComputeUnit } from "../compute/compute-unit.ts";
import { Refusal } from "../items/refusal.ts";
import { parseJson, type Route } from "./answers.ts";

export interface Controls {
  readonly clock: Clock;
  readonly compute: ComputeUnit;
  readonly advance: (milliseconds: number) => Promise<void>;
  readonly settle: (patience: number) => Promise<boolean>;
  /** Addresses and end points of the network. */
  readonly describe: () => object;
}

const usualPatience = 10_000;

function numberIn(body: unknown, name: string): number | undefined {
  const value = (body as Record<string, unknown> | null)?.[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Refusal(`${name} is a whole number of milliseconds`);
}

export function controlRoutes({ clock, compute, advance, settle, describe }: Controls): Route[] {
  const show = (): object => ({ now: clock.now(), height: clock.time().height, stands: clock.stands });
  return [
    { method: "GET", path: "/", own: true, answer: () => ({ body: describe() }) },
    { method: "GET", path: "/clock", own: true, answer: () => ({ body: show() }) },
    {
      method: "POST",
      path: "/clock",
      own: true,
      answer: async ({ json }) => {
        const body = await json(1_000);
        const [by, to] = [numberIn(body, "advance"), numberIn(body, "to")];
        if ((by === undefined) === (to === undefined))
          throw new Refusal("give the clock either advance or to");
        const milliseconds = by ?? to! - clock.now();
        if (milliseconds < 0) throw new Refusal("the clock does not go back");
        await advance(milliseconds);
        return { body: show() };
      },
    },
    {
      method: "POST",
      path: "/settle",
      own: true,
      answer: async ({ bytes }) => {
        const body = await bytes(1_000);
        const patience = body.length === 0 ? undefined : numberIn(parseJson(body), "patience");
        return { body: { settled: await settle(patience ?? usualPatience) } };
      },
    },
    {
      method: "GET",
      path: "/digest/*",
      own: true,
      answer: async ({ parts: [process = ""] }) => ({ body: await compute.digest(process) }),
    },
  ];
}
