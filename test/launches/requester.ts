/** A process that asks a factory for launches, as a wallet does, and keeps what it is told. */
import { actionsOf, type Process } from "../../process/host/process.ts";
import { jsonArray, jsonString } from "../../process/protocol/json-text.ts";
import type { Message, Outcome, TagPair } from "../../process/protocol/message.ts";
import { visitCsv } from "../../process/protocol/csv.ts";
import { isRefusal } from "../../process/protocol/refusal.ts";
import { reply, send } from "../../process/protocol/reply.ts";
import { requiredTag } from "../../process/protocol/tags.ts";

interface RequesterState {
  /** `action: what`, in the order in which they came. */
  readonly heard: string[];
}

/** Asks the factory in the tag To, with the tags in Data: a line `name,value` each. */
function ask(_: RequesterState, message: Message): Outcome {
  const to = requiredTag(message, "To");
  if (isRefusal(to)) return to;
  const tags: TagPair[] = [];
  visitCsv(message.data ?? "", (__, name, value) => {
    tags.push([name, value ?? ""]);
    return undefined;
  });
  return [send(to, "Create-FLP", tags)];
}

type Heard = (state: RequesterState, message: Message) => Outcome;

function hears(tag: string): Heard {
  return (state, message) => {
    const text = requiredTag(message, tag);
    state.heard.push(`${message.action}: ${isRefusal(text) ? "" : text}`);
    return [];
  };
}

export const requester: Process<RequesterState> = {
  name: "requester",
  version: 1,
  start: () => ({ heard: [] }),
  actions: actionsOf<RequesterState>(
    [
      [
        "Heard",
        (state, message) => [
          reply(message, "Heard-Response", [], jsonArray(state.heard.map((each) => jsonString(each)))),
        ],
      ],
    ],
    [
      ["Ask", ask],
      ["Create-FLP-Response", hears("Request-Id")],
      ["FLP-Ready-Notice", hears("FLP-Id")],
      ["FLP-Failed-Notice", hears("Reason")],
      ["Error", hears("Error")],
    ],
  ),
};
