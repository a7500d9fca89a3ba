/** The results of a process, by the entries of its schedule, kept on the disk. They may be deleted. */
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { ComputeResult } from "../message.ts";
import { Log, type Place } from "../scheduler/log.ts";
import type { Entry } from "../scheduler/schedule.ts";

/** What tells an entry from those of another history. */
export function entryName(entry: Entry): string {
  return entry.kind === "message" ? entry.item : `tick ${entry.time.timestamp}`;
}

interface StoredResult {
  readonly entry: string;
  /** Absent if the compute unit passed over the entry. */
  readonly result?: ComputeResult;
}

/** As many of the last results are at hand without reading them. */
const recent = 64;

export class Results {
  readonly #log: Log;
  readonly #places: Place[];
  readonly #recent = new Map<number, ComputeResult | undefined>();

  private constructor(log: Log, places: Place[]) {
    this.#log = log;
    this.#places = places;
  }

  /** Opens the results; those of another history, or damaged ones, are thrown away. */
  static async open(path: string, entries: readonly Entry[]): Promise<Results> {
    await mkdir(dirname(path), { recursive: true });
    const places: Place[] = [];
    const read = (body: Uint8Array, place: Place): void => {
      const expected = entries[places.length];
      const { entry } = JSON.parse(new TextDecoder().decode(body)) as StoredResult;
      if (expected === undefined || entry !== entryName(expected)) throw new Error("of another history");
      places.push(place);
    };
    try {
      return new Results(await Log.open(path, read, { durable: false }), places);
    } catch {
      await rm(path, { force: true });
      return new Results(await Log.open(path, undefined, { durable: false }), []);
    }
  }

  /** How many entries have a result. */
  get count(): number {
    return this.#places.length;
  }

  /** Adds the result of the next entry. */
  add(entry: Entry, result: ComputeResult | undefined): void {
    const body = Buffer.from(JSON.stringify({ entry: entryName(entry), result }));
    const index = this.#places.push({ position: this.#log.next, length: body.length }) - 1;
    this.#recent.set(index, result).delete(index - recent);
    // If it can't be written, it is evaluated again after a restart.
    this.#log.append(body).catch(() => undefined);
  }

  /** A result that is there; undefined if the entry was passed over. */
  async get(index: number): Promise<ComputeResult | undefined> {
    if (this.#recent.has(index)) return this.#recent.get(index);
    const body = await this.#log.read(this.#places[index]!);
    return (JSON.parse(new TextDecoder().decode(body)) as StoredResult).result;
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}
