/** The messenger unit's end points. They answer when the item is on the disk, and push afterwards. */
import { verifyDataItem } from "../items/data-item.ts";
import { Refusal } from "../items/refusal.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { Answer, Request, Route } from "./answers.ts";

/** The longest message, in bytes. */
export const longestMessage = 10 << 20;

export function messengerRoutes(scheduler: Scheduler): Route[] {
  async function post({ query, bytes }: Request): Promise<Answer> {
    const [process, message] = [query.get("process-id"), query.get("assign")];
    if ((process === null) !== (message === null)) {
      throw new Refusal("an assignment takes both process-id and assign");
    }
    if (process !== null && message !== null) {
      if (query.has("base-layer")) throw new Refusal("base-layer assignments don't work here");
      const { id } = await scheduler.assign(process, message);
      return { status: 202, body: { message: "Processing Assignment", id } };
    }
    const { id, process: target } = await scheduler.receive(await bytes(longestMessage));
    const spawned = target === id ? { processId: id } : {};
    return { status: 202, body: { message: "Processing DataItem", id, ...spawned } };
  }

  function monitor(on: boolean) {
    return async ({ parts, bytes }: Request): Promise<Answer> => {
      const [process = ""] = parts;
      const { id, target } = await verifyDataItem(await bytes(longestMessage));
      const schedule = scheduler.state.schedules.get(process);
      if (schedule === undefined) throw new Refusal(`no process has the id ${JSON.stringify(process)}`, 404);
      if (target !== process) throw new Refusal(`the item is signed for ${target}, not for ${process}`);
      if (schedule.monitored === on) {
        throw new Refusal(
          on ? `process ${process} is monitored already` : `process ${process} is not monitored`,
        );
      }
      await scheduler.note({ kind: "monitor", process, on, item: id });
      return { body: { message: on ? "cron monitored" : "cron no longer monitored", id } };
    };
  }

  return [
    { method: "GET", path: "/mu", answer: () => ({ body: "ao messenger unit" }) },
    { method: "POST", path: "/mu", answer: post },
    { method: "POST", path: "/mu/monitor/*", answer: monitor(true) },
    { method: "DELETE", path: "/mu/monitor/*", answer: monitor(false) },
  ];
}
