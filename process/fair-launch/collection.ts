/** A launch's round begins by collecting the ledgers' reports. */
import { emptyCollections } from "../contributions/pages.ts";
import type { LaunchState } from "./state.ts";

/** Begins a round's collection; everything is to be asked for. */
export function beginCollection({ round, parameters }: LaunchState, elapsed: number, now: number): void {
  round.number += 1;
  round.phase = "collecting";
  round.elapsed = elapsed;
  round.began = now;
  round.asked = now;
  round.collections = emptyCollections(parameters.ledgers);
  round.reports = [];
}
