/** The keys of the local network's own units. They are worth nothing anywhere else. */
import type { JsonWebKey } from "node:crypto";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { readIfPresent, writeWhole } from "../module/files.ts";
import { createArweaveKey } from "./items/wallet.ts";

export interface UnitKeys {
  /** Signs what the messenger pushes: processes name its address as their Authority. */
  readonly authority: JsonWebKey;
  /** Its address is what processes name as their Scheduler. */
  readonly scheduler: JsonWebKey;
}

/** The keys in a folder; new ones the first time. */
export async function unitKeys(folder: string): Promise<UnitKeys> {
  const path = join(folder, "keys.json");
  const present = readIfPresent(path);
  if (present !== undefined) return JSON.parse(new TextDecoder().decode(present)) as UnitKeys;
  const [authority, scheduler] = await Promise.all([createArweaveKey(), createArweaveKey()]);
  writeWhole(path, JSON.stringify({ authority, scheduler }));
  chmodSync(path, 0o600);
  return { authority, scheduler };
}
