/**
 * A plan of faults: what goes wrong with each delivery. It is seeded, so a run that found something can be repeated.
 */
import type { SignedItem } from "./message.ts";
import { randomNumbers } from "./random.ts";

/** Which deliveries a rule is about, and how likely each fault is, from 0 to 1. The first rule that matches decides. */
export interface FaultRule {
  /** Only deliveries from this process or wallet. */
  readonly from?: string;
  /** Only deliveries to this process or wallet. */
  readonly to?: string;
  /** Only deliveries between these two, in either direction. */
  readonly between?: readonly [string, string];
  readonly where?: (item: SignedItem) => boolean;
  /** The delivery never arrives. */
  readonly drop?: number;
  /** The same message is evaluated twice: same Id, new Nonce. The units' own check for repetition does not see it. */
  readonly repeat?: number;
  /** The delivery goes to a random place among those that wait. */
  readonly reorder?: number;
  /** The delivery is held back. */
  readonly delay?: Delay;
  /** The evaluation fails, and the process keeps the state that it had. */
  readonly fail?: number;
}

export interface Delay {
  readonly chance: number;
  /** Until this many other messages were delivered, or until nothing else can be. */
  readonly messages?: number;
  /** Until the clock has moved by this many milliseconds. */
  readonly time?: number;
}

/** What happens to one delivery. */
export interface Verdict {
  /** How often it arrives: 0, 1 or 2 times. */
  readonly copies: number;
  /** Its place among those that wait, from 0 (first) to 1 (last). */
  readonly place: number;
  readonly afterMessages: number;
  readonly afterTime: number;
  readonly fails: boolean;
}

const untouched: Verdict = { copies: 1, place: 1, afterMessages: 0, afterTime: 0, fails: false };

/** The rules in force. Rules can be added and cleared while the network runs. */
export class FaultPlan {
  #rules: readonly FaultRule[];
  readonly #random: () => number;

  constructor(seed: number, rules: readonly FaultRule[] = []) {
    this.#rules = rules;
    this.#random = randomNumbers(seed);
  }

  /** Adds a rule, before those there are. */
  add(rule: FaultRule): void {
    this.#rules = [rule, ...this.#rules];
  }

  /** Makes a process or wallet mute: nothing that it sends or spawns arrives. */
  silence(address: string): void {
    this.add({ from: address, drop: 1 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** Decides about a delivery. Each one costs the same count of random numbers, whatever the rule says. */
  verdict(from: string, to: string, item: SignedItem): Verdict {
    const rule = this.#rules.find((candidate) => matches(candidate, from, to, item));
    if (rule === undefined) return untouched;
    const happens = (chance: number | undefined): boolean => this.#random() < (chance ?? 0);
    const [drop, repeat, reorder] = [happens(rule.drop), happens(rule.repeat), happens(rule.reorder)];
    const [delay, fails, place] = [happens(rule.delay?.chance), happens(rule.fail), this.#random()];
    return {
      copies: drop ? 0 : repeat ? 2 : 1,
      place: reorder ? place : 1,
      afterMessages: delay ? (rule.delay?.messages ?? 0) : 0,
      afterTime: delay ? (rule.delay?.time ?? 0) : 0,
      fails,
    };
  }
}

function matches(rule: FaultRule, from: string, to: string, item: SignedItem): boolean {
  if (rule.from !== undefined && rule.from !== from) return false;
  if (rule.to !== undefined && rule.to !== to) return false;
  const [one, other] = rule.between ?? [from, to];
  if (!((one === from && other === to) || (one === to && other === from))) return false;
  return rule.where === undefined || rule.where(item);
}
