/** What can be asked about many: who delegates to whom, and what came of it. */
import { slotOf } from "../../collections/register.ts";
import { formatDecimal } from "../../math/decimal.ts";
import { multiplySmall } from "../../math/multiplication.ts";
import { add, formatNatural, isZero, type Natural, subtract, ZERO } from "../../math/natural.ts";
import { accountOf } from "../../protocol/address.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome, TagPair } from "../../protocol/message.ts";
import { collectPage, pageJson, pageRequest } from "../../protocol/page.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { requiredTag, tagOf } from "../../protocol/tags.ts";
import { accruedOf, contributedBy, countedQuantity, incomeOf, ownYield } from "../accrual.ts";
import { edgesOf } from "../edges.ts";
import { toUnitsDown } from "../scale.ts";
import { exactWeight } from "../stakes.ts";
import type { LedgerState } from "../state.ts";

/** Who delegates to Target: items `{wallet, factor, weight, contributed}`. */
export function getDelegators(state: LedgerState, message: Message): Outcome {
  const target = requiredTag(message, "Target");
  if (isRefusal(target)) return target;
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const wallet = slotOf(state.wallets.register, accountOf(target));
  const incoming = wallet === undefined ? [] : (state.wallets.incoming[wallet] ?? []);
  const total = wallet === undefined ? 0 : (state.wallets.delegators[wallet] ?? 0);
  const page = collectPage(request, incoming.length, total, (position) => {
    const edge = incoming[position]!;
    return edge === 0 || state.edges.factor[edge] === 0 ? undefined : delegatorJson(state, edge);
  });
  return [reply(message, "Get-Delegators-Response", [], pageJson(request, page))];
}

/**
 * What From has contributed to To, or to all, or all to To: items `{from, to, contributed}`. Some units take a tag named
 * From away before a process sees it; Wallet says the same.
 */
export function getContributions(state: LedgerState, message: Message): Outcome {
  const from = tagOf(message, "From") ?? tagOf(message, "Wallet");
  if (isRefusal(from)) return from;
  const to = tagOf(message, "To");
  if (isRefusal(to)) return to;
  if (from === undefined && to === undefined) return refuse("missing-tag", "From or To is required!");
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const { edges, count } = from === undefined ? edgesTo(state, to!) : edgesFrom(state, from, to);
  const page = collectPage(request, edges.length, count, (position) => {
    const edge = edges[position]!;
    return edge === 0 ? undefined : contributionJson(state, edge);
  });
  return [reply(message, "Get-Contributions-Response", [], pageJson(request, page))];
}

/** Every delegation in force as CSV `walletFrom,walletTo,factor`, a page of wallets at a time. */
export function getDelegationMappings(state: LedgerState, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const { register } = state.wallets;
  const page = collectPage(request, register.extent, register.size, (wallet) => {
    const rows = edgesOf(state, wallet)
      .filter((edge) => state.edges.factor[edge]! > 0)
      .map(
        (edge) =>
          `${register.names[wallet]},${register.names[state.edges.to[edge]!]},${state.edges.factor[edge]}`,
      );
    return rows.length === 0 ? undefined : rows.join("\n");
  });
  const next: readonly TagPair[] = page.next === undefined ? [] : [["Next-Cursor", `${page.next}`]];
  return [reply(message, "Get-Delegation-Mappings-Response", next, page.items.join("\n"))];
}

/** AO delegated to each project so far: directly, through the index, and both together; a page of projects at a time. */
export function getTotalDelegated(state: LedgerState, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const { wallets } = state;
  const throughIndex = indexContributions(state);
  const page = collectPage(request, wallets.register.extent, 0, (wallet) => {
    if ((wallets.incoming[wallet]?.length ?? 0) === 0) return undefined;
    const all = incomeOf(state, wallet);
    const indexed = throughIndex.find(([target]) => target === wallet)?.[1] ?? ZERO;
    return { name: wallets.register.names[wallet]!, all, indexed };
  });
  const next: readonly TagPair[] = page.next === undefined ? [] : [["Next-Cursor", `${page.next}`]];
  const passedOn = page.items.filter(({ indexed }) => !isZero(indexed));
  const data = jsonObject([
    ["direct", amountsJson(page.items.map(({ name, all, indexed }) => [name, subtract(all, indexed)]))],
    ["pi", amountsJson(passedOn.map(({ name, indexed }) => [name, indexed]))],
    ["combined", amountsJson(page.items.map(({ name, all }) => [name, all]))],
  ]);
  return [reply(message, "Get-Total-Delegated-AO-By-Project-Response", next, data)];
}

/** Scaled amounts by name, in whole units. */
function amountsJson(amounts: readonly (readonly [string, Natural])[]): string {
  return jsonObject(amounts.map(([name, scaled]) => [name, jsonString(formatNatural(toUnitsDown(scaled)))]));
}

/** The latest cycles, the newest first: items `{cycle, timestamp, minted, perToken: [{token, amount}]}`. */
export function getCycles(state: LedgerState, message: Message): Outcome {
  const request = pageRequest(message);
  if (isRefusal(request)) return request;
  const kept = state.cycleCount < limits.rememberedCycles ? state.cycleCount : limits.rememberedCycles;
  const page = collectPage(request, kept, kept, (position) => {
    const cycle = state.cycles[(state.cycleCount - 1 - position) % limits.rememberedCycles]!;
    const perToken = cycle.perToken.map((amount, i) =>
      jsonObject([
        ["token", jsonString(state.tokens[i]!.id)],
        ["amount", jsonString(formatNatural(amount))],
      ]),
    );
    return jsonObject([
      ["cycle", `${cycle.cycle}`],
      ["timestamp", `${cycle.timestamp}`],
      ["minted", jsonString(formatNatural(cycle.minted))],
      ["perToken", jsonArray(perToken)],
    ]);
  });
  return [reply(message, "Get-Cycles-Response", [], pageJson(request, page))];
}

/**
 * What a page of wallets has accrued together, times 10^42, counted wallet by wallet: `{accrued, wallets, nextCursor}`.
 * All pages, with what Info shows as Rest, Waiting and Fees, come to Minted, exactly.
 */
export function audit(state: LedgerState, message: Message): Outcome {
  const request = pageRequest(message, limits.pageItems);
  if (isRefusal(request)) return request;
  const { register } = state.wallets;
  const page = collectPage(request, register.extent, register.size, (wallet) =>
    register.names[wallet] === "" ? undefined : accruedOf(state, wallet),
  );
  const accrued = page.items.reduce((sum, amount) => add(sum, amount), ZERO);
  const data = jsonObject([
    ["accrued", jsonString(formatNatural(accrued))],
    ["wallets", `${page.items.length}`],
    ["nextCursor", page.next === undefined ? "null" : jsonString(`${page.next}`)],
  ]);
  return [reply(message, "Audit-Response", [], data)];
}

function delegatorJson(state: LedgerState, edge: number): string {
  const { from, factor } = state.edges;
  const delegator = from[edge]!;
  let weight = ZERO;
  for (const token of state.tokens) {
    weight = add(weight, exactWeight(token, countedQuantity(state, token, delegator)));
  }
  const contributed = contributedBy(state, edge, ownYield(state, delegator));
  return jsonObject([
    ["wallet", jsonString(state.wallets.register.names[delegator]!)],
    ["factor", `${factor[edge]}`],
    ["weight", jsonString(formatDecimal(multiplySmall(weight, factor[edge]!), 40, 18))],
    ["contributed", jsonString(formatNatural(toUnitsDown(contributed)))],
  ]);
}

function contributionJson(state: LedgerState, edge: number): string {
  const { names } = state.wallets.register;
  const delegator = state.edges.from[edge]!;
  const contributed = contributedBy(state, edge, ownYield(state, delegator));
  return jsonObject([
    ["from", jsonString(names[delegator]!)],
    ["to", jsonString(names[state.edges.to[edge]!]!)],
    ["contributed", jsonString(formatNatural(toUnitsDown(contributed)))],
  ]);
}

/** Edges by position, 0 where a position is free, and how many there are. */
interface EdgeList {
  readonly edges: readonly number[];
  readonly count: number;
}

function edgesTo(state: LedgerState, to: string): EdgeList {
  const wallet = slotOf(state.wallets.register, accountOf(to)) ?? -1;
  const edges = state.wallets.incoming[wallet] ?? [];
  return { edges, count: edges.length - (state.wallets.freeIncoming[wallet]?.length ?? 0) };
}

function edgesFrom(state: LedgerState, from: string, to: string | undefined): EdgeList {
  const wallet = slotOf(state.wallets.register, accountOf(from));
  const all = wallet === undefined ? [] : edgesOf(state, wallet);
  const target = to === undefined ? undefined : slotOf(state.wallets.register, accountOf(to));
  const edges = to === undefined ? all : all.filter((edge) => state.edges.to[edge] === target);
  return { edges, count: edges.length };
}

/** What the index has passed on to each wallet that it delegates to. */
function indexContributions(state: LedgerState): readonly (readonly [number, Natural])[] {
  const { index } = state.parameters;
  const wallet = index === "" ? undefined : slotOf(state.wallets.register, index);
  if (wallet === undefined) return [];
  const own = ownYield(state, wallet);
  return edgesOf(state, wallet).map(
    (edge) => [state.edges.to[edge]!, contributedBy(state, edge, own)] as const,
  );
}
