/** The gateway's end points, at the root: what Arweave's libraries ask of a gateway and of an upload service. */
import type { Clock } from "../clock.ts";
import { answerQuery } from "../gateway/transactions.ts";
import { parseDataItem, verifyDataItem } from "../items/data-item.ts";
import { Refusal } from "../items/refusal.ts";
import { tagValue } from "../message.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { ItemEntry } from "../scheduler/state.ts";
import type { Answer, Request, Route } from "./answers.ts";

/** The longest upload, in bytes. */
export const longestUpload = 128 << 20;
const longestQuery = 1 << 20;

export function gatewayRoutes(scheduler: Scheduler, clock: Clock): Route[] {
  const { items } = scheduler.state;

  function known(id: string): ItemEntry {
    const entry = items.get(id);
    if (entry === undefined) throw new Refusal(`no item has the id ${JSON.stringify(id)}`, 404);
    return entry;
  }

  /** An item's data, with the type that its tags say. */
  async function data({ parts: [id = ""] }: Request): Promise<Answer> {
    const entry = known(id);
    const bytes = (await scheduler.bytes(id))!;
    const body = entry.transaction ? bytes : parseDataItem(bytes).data;
    return { body, type: tagValue(entry.tags, "Content-Type") ?? "application/octet-stream" };
  }

  /** An upload of a data item. A message is scheduled by the messenger, so it is refused here. */
  async function upload({ bytes }: Request): Promise<Answer> {
    const item = await verifyDataItem(await bytes(longestUpload));
    await scheduler.publish(item);
    return { body: { id: item.id, owner: item.address, timestamp: clock.now(), winc: "0" } };
  }

  function status({ parts: [id = ""] }: Request): Answer {
    const { height } = known(id).time;
    const confirmations = clock.time().height - height + 1;
    return {
      body: { block_height: height, block_indep_hash: "", number_of_confirmations: confirmations },
    };
  }

  function info(): Answer {
    const { height } = clock.time();
    return { body: { network: "tributary.local", version: 5, height, blocks: height + 1, peers: 0 } };
  }

  return [
    {
      method: "POST",
      path: "/graphql",
      answer: async ({ json }) => ({ body: answerQuery(items, await json(longestQuery)) }),
    },
    { method: "GET", path: "/raw/*", answer: data },
    { method: "POST", path: "/tx", answer: upload },
    { method: "GET", path: "/tx/*/data", answer: data },
    { method: "GET", path: "/tx/*/status", answer: status },
    { method: "GET", path: "/info", answer: info },
    { method: "GET", path: "/*", answer: data },
  ];
}
