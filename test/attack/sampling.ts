/** How samples of one process are made: by whom, to which of them, and what must come of one that is not as it should be. */
import { tagsOf } from "../../units/message.ts";
import type { TagRecord } from "../scene/scene.ts";
import type { Sample } from "./samples.ts";

/** With a signer the message is a process's, which the messenger signs. An empty action is none. */
export const samplingOf =
  (process: Sample["process"]) =>
  (otherwise: Sample["otherwise"], target: string, from: string, by?: string) =>
  (action: string, tags: TagRecord = {}, more: Partial<Sample> & { data?: string } = {}): Sample => {
    const { data, ...rest } = more;
    const named = action === "" ? tags : { Action: action, ...tags };
    const content = { target, from, tags: tagsOf(named), ...(data === undefined ? {} : { data }) };
    const attempt = by === undefined ? content : { ...content, signer: by };
    return { process, action, otherwise, reads: Object.keys(named), attempt, ...rest };
  };
