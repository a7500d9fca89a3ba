/** Processes in a few lines of JavaScript, for what a launch may meet on a network: each hears a message and says some. */
import type { DirectHost } from "../../units/direct.ts";
import { directModule } from "../../units/direct.ts";
import type { EvaluatorFactory } from "../../units/evaluation.ts";
import { tagsOf, tagValue, type ComputeMessage, type ComputeResult, type Tag } from "../../units/message.ts";

export interface Heard {
  readonly id: string;
  readonly from: string;
  readonly action: string;
  readonly data: string;
  readonly tags: readonly Tag[];
  /** "" without it. */
  readonly tag: (name: string) => string;
}

export interface Said {
  readonly to: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** What a process says to what it hears; to throw is to refuse. */
export type Answering = (heard: Heard) => readonly Said[];

/** A module with one process, which answers so. */
export function standIn(answering: Answering): EvaluatorFactory {
  let reference = 0;
  const said = ({ to, tags, data = "" }: Said): ComputeResult["Messages"][number] => {
    reference += 1;
    const own = { "Data-Protocol": "ao", Variant: "ao.TN.1", Type: "Message", Reference: `${reference}` };
    return {
      Target: to,
      Anchor: `${reference}`.padStart(32, "0"),
      Tags: tagsOf({ ...own, ...tags }),
      Data: data,
    };
  };
  const handle: DirectHost["handle"] = (message, { Process }) => {
    const messages = message.Id === Process.Id ? [] : answering(heard(message)).map(said);
    return { Output: {}, Messages: messages, Spawns: [], Assignments: [] };
  };
  return directModule(() => ({ handle, dryRun: handle }));
}

function heard({ Id = "", From, Tags, Data }: ComputeMessage): Heard {
  const tag = (name: string): string => tagValue(Tags, name) ?? "";
  return { id: Id, from: From, action: tag("Action"), data: Data ?? "", tags: Tags, tag };
}

/** The tags of a message that travel on with a transfer. */
export function forwarded({ tags }: Heard): Record<string, string> {
  return Object.fromEntries(
    tags.filter(({ name }) => name.startsWith("X-")).map(({ name, value }) => [name, value]),
  );
}
