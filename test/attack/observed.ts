/** A scene under attack, on Node, with everything that each process keeps in view. */
import assert from "node:assert/strict";
import { nodeHost, type NodeHost } from "../../process/host/node.ts";
import { directModule } from "../../units/direct.ts";
import type { ComputeResult, Data, Tag } from "../../units/message.ts";
import { definitions, type Runtime } from "../scene/runtimes.ts";
import { createScene, type Scene, type SceneOptions, sentBy } from "../scene/scene.ts";

/** Longest time that any answer may take, in milliseconds: a hundred times what they need, and far below any attack. */
export const patience = 3_000;

/** A message to a process. With a signer it is signed by that one, in the name of `from`. */
export interface Attempt {
  readonly target: string;
  readonly from: string;
  readonly signer?: string;
  readonly tags: readonly Tag[];
  readonly data?: Data;
}

/** What came of an attempt: the result, and what the process kept before and after, as canonical text. */
export interface Outcome {
  readonly result: ComputeResult;
  readonly before: Picture;
  readonly after: Picture;
}

export interface Picture {
  readonly state: string;
  /** The same with clock, counter and remembered ids, which a refusal does not touch either. */
  readonly everything: string;
}

export interface Observed extends Scene {
  /** What a process keeps. */
  readonly picture: (process: string) => Picture;
  /** Sends a message, lets the network settle, and says what came of it. */
  readonly attempt: (attempt: Attempt) => Promise<Outcome>;
}

export async function observedScene(options: Omit<SceneOptions, "runtime"> = {}): Promise<Observed> {
  const hosts: NodeHost<unknown>[] = [];
  const observe = (host: NodeHost<unknown>): NodeHost<unknown> => {
    hosts.push(host);
    return host;
  };
  const runtime: Runtime = {
    name: "node",
    factory: (process) => Promise.resolve(directModule(() => observe(nodeHost(definitions[process])))),
  };
  const scene = await createScene({ ...options, runtime });
  const { network } = scene;
  let count = 0;

  const picture = (process: string): Picture => {
    const kept = hosts[network.processes().indexOf(process)]!.kept();
    // What waits to be published goes with the next write, whatever it is.
    const state = { ...(kept?.state as object | undefined), touched: undefined };
    return { state: canonical(state), everything: canonical(kept) };
  };
  return {
    ...scene,
    picture,
    async attempt({ target, from, signer, tags, data }) {
      const before = picture(target);
      // Units evaluate pushed messages of equal content only once.
      const anchor = `${++count}`.padStart(32, "0");
      const content = { target, tags, anchor, ...(data === undefined ? {} : { data }) };
      const id =
        signer === undefined
          ? network.send({ from, ...content })
          : network.forge({ signer, fromProcess: from, ...content });
      const start = performance.now();
      await network.settle();
      assert.ok(performance.now() - start < patience, "an answer takes too long");
      const result = network.result(id);
      assert.ok(result, "the message was not evaluated");
      return { result, before, after: picture(target) };
    },
  };
}

/** JSON with the names of each record in order; what is absent is left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    const entries = Object.entries(member as Record<string, unknown>);
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

/** An `Error` with this code and a sentence, nothing sent, and everything as it was. */
export function assertRefused({ result, before, after }: Outcome, code?: string | RegExp): void {
  assertRefusal(result, code);
  assert.equal(after.everything, before.everything);
}

/** The result of a refusal: `[code] text` and no messages. */
export function assertRefusal(result: ComputeResult, code: string | RegExp = /[a-z-]+/): void {
  const { Error: error } = result;
  assert.ok(error !== undefined, `not refused: ${JSON.stringify(result.Messages).slice(0, 400)}`);
  const form = /^\[([a-z]+(?:-[a-z]+)*)\] (.+)$/s.exec(error);
  assert.ok(form, `not a refusal: ${error}`);
  if (typeof code === "string") assert.equal(form[1], code, error);
  else assert.match(form[1]!, code, error);
  assert.ok(error.length < 500, "a refusal repeats what it was sent");
  assert.deepEqual([result.Messages, result.Spawns, result.Assignments], [[], [], []]);
}

/** Nothing is refused, nothing is sent, and the state is as it was. */
export function assertIgnored({ result, before, after }: Outcome): void {
  assert.equal(result.Error, undefined);
  assert.deepEqual(sentBy(result), []);
  assert.equal(after.state, before.state);
}
