/** What a guardian may do: pause mints for a while, and tighten caps. Nothing else, and nothing about redemptions. */
import { compare, formatNatural } from "../../math/natural.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { optionalAmountTag, requiredTag } from "../../protocol/tags.ts";
import type { Caps, IndexState } from "../state.ts";

/** A pause ends by itself, so that a lost key stops nothing for ever. */
const PAUSE_MILLISECONDS = 7 * 86_400_000;

const CAPS: readonly (readonly [string, keyof Caps])[] = [
  ["Hour-Cap", "hour"],
  ["Lot-Cap", "lot"],
  ["Slippage-Cap", "slippage"],
];

/** Pauses mints for seven days from now. */
export function pauseMints(state: IndexState, message: Message): Outcome {
  const refusal = checkGuardian(state, message);
  if (refusal !== undefined) return refusal;
  state.pausedUntil = message.now + PAUSE_MILLISECONDS;
  return [reply(message, "Pause-Mints-Response", [["Paused-Until", `${state.pausedUntil}`]])];
}

/** Lowers a cap: Cap (Hour-Cap, Lot-Cap, Slippage-Cap), Value in AO. Refused: a value that is not lower. */
export function tightenCap(state: IndexState, message: Message): Outcome {
  const refusal = checkGuardian(state, message);
  if (refusal !== undefined) return refusal;
  const name = requiredTag(message, "Cap");
  if (isRefusal(name)) return name;
  const cap = CAPS.find(([each]) => each === name);
  if (cap === undefined) return refuse("unknown-cap", "Cap must be Hour-Cap, Lot-Cap or Slippage-Cap");
  const value = optionalAmountTag(message, "Value");
  if (isRefusal(value)) return value;
  if (value === undefined) return refuse("missing-tag", "Value is required!");
  if (compare(value, state.caps[cap[1]]) >= 0)
    return refuse("not-tighter", `${name} can only be lowered, from ${formatNatural(state.caps[cap[1]])}`);
  state.caps[cap[1]] = value;
  return [reply(message, "Tighten-Cap-Response", [[name, formatNatural(value)]])];
}

function checkGuardian({ parameters }: IndexState, message: Message): Refusal | undefined {
  const { guardian } = parameters;
  return guardian === "" || message.account !== accountOf(guardian)
    ? refuse("not-guardian", "Only the guardian may do this")
    : undefined;
}
