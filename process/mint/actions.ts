/** The mint's actions. */
import { actionsOf, type Process } from "../host/process.ts";
import { formatNatural, isZero } from "../math/natural.ts";
import { refund } from "../payouts/refund.ts";
import { type Figure, figureTags } from "../protocol/figures.ts";
import { jsonArray, jsonObject, jsonString } from "../protocol/json-text.ts";
import { limits } from "../protocol/limits.ts";
import type { Effect, Message, Outcome } from "../protocol/message.ts";
import { isRefusal, refuse } from "../protocol/refusal.ts";
import { reply, send } from "../protocol/reply.ts";
import { tagOf, wholeTag } from "../protocol/tags.ts";
import { startMint } from "./parameters.ts";
import { CYCLE_MILLISECONDS, dueAt, emissionOf, eraAt, type Minted, mintDue, rewardDown } from "./rules.ts";
import type { Era, MintState } from "./state.ts";

/**
 * Mints what is due, with one message to the token for each ledger. By cron or by anyone, as often as they like: what
 * has been minted is not minted again. The figures in X-Cumulative make up for messages that got lost.
 */
function tick(state: MintState, message: Message): Outcome {
  const minted = mintDue(state, message.now);
  const effects: Effect[] = mintMessages(state, minted);
  if (!message.cron) {
    const data = jsonObject([
      ["cycles", `${minted.cycles}`],
      ["minted", jsonString(formatNatural(minted.amount))],
    ]);
    effects.push(reply(message, "Tick-Response", [], data));
  }
  return effects;
}

function mintMessages(state: MintState, minted: Minted): Effect[] {
  const effects: Effect[] = [];
  state.ledgers.forEach(({ ledger, minted: cumulative }, i) => {
    const quantity = minted.byLedger[i]!;
    if (!isZero(quantity)) {
      effects.push(
        send(state.parameters.token, "Mint", [
          ["Recipient", ledger],
          ["Quantity", formatNatural(quantity)],
          ["X-Action", "Distribute"],
          ["X-Cycle", `${state.cycle}`],
          ["X-Cumulative", formatNatural(cumulative)],
        ]),
      );
    }
  });
  return effects;
}

/** The token could not do what it was told; the next tick's figures make up for it. Info shows the reason. */
function mintError(state: MintState, message: Message): Outcome {
  const error = tagOf(message, "Error");
  if (message.from !== state.parameters.token || isRefusal(error)) return [];
  // Whole: a cut could fall inside a character. A tag has a few kilobytes at most, and the token is known.
  state.lastError = error ?? "";
  return [];
}

function info(state: MintState, message: Message): Outcome {
  return [reply(message, "Info-Response", figureTags(figures(state)))];
}

function figures(state: MintState): readonly Figure[] {
  const { token, cap, start, eras, owner } = state.parameters;
  const due = dueAt(state.parameters, state.cycle + 1);
  const era = eraAt(eras, due);
  return [
    ["Token-Process", token],
    ["Owner", owner],
    ["Cycle", state.cycle],
    ["Minted", state.minted],
    ["Cap", cap],
    ["Rate", "1647321875/1000000000000000"],
    ["Next-Reward", state.minted, () => formatNatural(rewardDown(cap, state.minted))],
    ["Next-Due", due],
    ["Start-Timestamp", start],
    ["Cycle-Milliseconds", CYCLE_MILLISECONDS],
    ["Cycles-Per-Tick", limits.cyclesPerTick],
    ["Shares", era.from, () => sharesJson(era)],
    ["Ledgers", state.ledgers.map(({ minted }) => minted), () => ledgersJson(state)],
    ["Last-Error", state.lastError === "" ? "none" : state.lastError],
  ];
}

function sharesJson({ shares }: Era): string {
  return jsonArray(
    shares.map(({ ledger, share }) =>
      jsonObject([
        ["ledger", jsonString(ledger)],
        ["share", jsonString(formatNatural(share))],
      ]),
    ),
  );
}

function ledgersJson({ ledgers }: MintState): string {
  return jsonArray(
    ledgers.map(({ ledger, minted }) =>
      jsonObject([
        ["ledger", jsonString(ledger)],
        ["minted", jsonString(formatNatural(minted))],
      ]),
    ),
  );
}

/** What a cycle emitted, or, some way into the future, will emit; the last one where none is named. */
function getEmission(state: MintState, message: Message): Outcome {
  const cycle = wholeTag(message, "Cycle");
  if (isRefusal(cycle)) return cycle;
  const wanted = cycle ?? state.cycle;
  const emission = emissionOf(state, wanted);
  if (emission === undefined) {
    return refuse(
      "too-far",
      `Cycle must be at most ${limits.foreseenCycles} after the last, which is ${state.cycle}`,
    );
  }
  const data = jsonObject([
    ["cycle", `${wanted}`],
    ["reward", jsonString(formatNatural(emission.reward))],
    ["minted", jsonString(formatNatural(emission.minted))],
  ]);
  return [reply(message, "Get-Emission-Response", [], data)];
}

export const mint: Process<MintState> = {
  name: "mint",
  version: 1,
  start: startMint,
  publish: (state) => ({ figures: figures(state), maps: [] }),
  actions: actionsOf<MintState>(
    [
      ["Info", info],
      ["Get-Emission", getEmission],
    ],
    [
      ["Tick", tick],
      ["Mint-Error", mintError],
      ["Credit-Notice", (_, message) => refund(message, "The mint takes no payments")],
    ],
  ),
};
