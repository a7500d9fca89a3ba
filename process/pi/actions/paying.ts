/** What leaves the index: PI that was minted, PI that is burned, assets. */
import { formatNatural, isZero, type Natural, subtract } from "../../math/natural.ts";
import { hasRoom, openPayout, transferOf } from "../../payouts/payouts.ts";
import { refundTags } from "../../payouts/refund.ts";
import { owe, pay, payBack } from "../../payouts/till.ts";
import type { Send, TagPair } from "../../protocol/message.ts";
import { send } from "../../protocol/reply.ts";
import type { Excess } from "../sessions.ts";
import type { Asset, IndexState } from "../state.ts";

export const MINT_REFERENCE = "mint-";

/** Tells the token to create all that is not confirmed yet, by the cumulative figure; nothing when all is. */
export function mintMessages(state: IndexState, now: number): readonly Send[] {
  const missing = subtract(state.minted, state.confirmed);
  if (isZero(missing)) return [];
  state.mintSent = now;
  return [
    send(state.parameters.token, "Mint", [
      ["Recipient", state.parameters.id],
      ["Quantity", formatNatural(missing)],
      ["X-Cumulative", formatNatural(state.minted)],
      // Comes back with the answer, also of a mint that was carried out before and whose notice was lost.
      ["Reference", `${MINT_REFERENCE}${formatNatural(state.minted)}`],
    ]),
  ];
}

/** PI that was just minted, to somebody. */
export function payPi(
  state: IndexState,
  recipient: string,
  quantity: Natural,
  tags: readonly TagPair[],
  now: number,
): readonly Send[] {
  return [...mintMessages(state, now), ...pay(state.pi, { recipient, quantity, tags }, now)];
}

/** Burns PI that has come in. Without room for it now it is burned later. */
export function burnMessages(
  { pi, parameters }: IndexState,
  quantity: Natural,
  now: number,
): readonly Send[] {
  if (isZero(quantity)) return [];
  if (!hasRoom(pi.payouts)) {
    owe(pi, parameters.id, quantity);
    return [];
  }
  const request = { owner: parameters.id, notify: "", recipient: "", quantity, tags: [] };
  return [transferOf(pi.payouts, openPayout(pi.payouts, request, now))];
}

/** What goes back of several assets, with the reason. */
export function payExcess(
  recipient: string,
  parts: readonly Excess[],
  reason: string,
  tags: readonly TagPair[],
  now: number,
): readonly Send[] {
  const sends: Send[] = [];
  for (const { asset, quantity } of parts)
    sends.push(...returnTo(asset, recipient, quantity, reason, tags, now));
  return sends;
}

/** What goes back of one asset. */
export function returnTo(
  { till }: Asset,
  recipient: string,
  quantity: Natural,
  reason: string,
  tags: readonly TagPair[],
  now: number,
): readonly Send[] {
  return payBack(till, { recipient, quantity, tags: [...refundTags(reason), ...tags] }, now);
}
