/**
 * What a process has published: the patches in its results, merged. A patch is a record of the outbox without a target
 * whose tag `device` is `patch@1.0`; each of its other tags is a value, text or a flat map of texts.
 */
import type { ComputeResult } from "../message.ts";

/** A text, or texts by key. */
export type PublishedValue = string | ReadonlyMap<string, string>;

/** Tags that runtimes add to all that leaves, and that are no values. */
const added = new Set(["device", "data-protocol", "variant", "type", "reference"]);

export class Published {
  readonly #values = new Map<string, string | Map<string, string>>();

  /** Merges the patches of a result: every key that they name is replaced, and no other. */
  merge({ Messages, Error: error }: ComputeResult): void {
    if (error !== undefined) return;
    for (const { Target, Tags = [] } of Messages) {
      // The units' types know tags of text only; a patch has maps, too.
      const tags = Tags as readonly { readonly name: string; readonly value: unknown }[];
      const isPatch = tags.some(
        ({ name, value }) => name.toLowerCase() === "device" && value === "patch@1.0",
      );
      if (!isPatch || (Target !== undefined && Target !== "")) continue;
      for (const { name, value } of tags) if (!added.has(name.toLowerCase())) this.#set(name, value);
    }
  }

  /** The value at a path of one name, or two; undefined where nothing is published. Without names: everything. */
  at(path: readonly string[]): unknown {
    const [name, key, ...rest] = path;
    if (rest.length > 0) return undefined;
    if (name === undefined)
      return Object.fromEntries([...this.#values].map(([at, value]) => [at, plain(value)]));
    const value = this.#values.get(name);
    if (key === undefined) return value === undefined ? undefined : plain(value);
    return typeof value === "object" ? value.get(key) : undefined;
  }

  #set(name: string, value: unknown): void {
    if (typeof value !== "object" || value === null) {
      this.#values.set(name, textOf(value));
      return;
    }
    const present = this.#values.get(name);
    const map = typeof present === "object" ? present : new Map<string, string>();
    for (const [key, entry] of Object.entries(value)) map.set(key, textOf(entry));
    this.#values.set(name, map);
  }
}

function plain(value: PublishedValue): unknown {
  return typeof value === "string" ? value : Object.fromEntries(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
