/** A wallet's delegations as existing clients read them. */
import { slotOf } from "../../collections/register.ts";
import { jsonArray, jsonObject, jsonString } from "../../protocol/json-text.ts";
import { ALL } from "../accrual.ts";
import { edgesOf } from "../edges.ts";
import { statementOf } from "../delegation.ts";
import type { LedgerState } from "../state.ts";

/**
 * `{_key, wallet, lastUpdate, totalFactor, delegationPrefs, version, isDefault, effective}`: what the wallet stated,
 * and what is in force.
 */
export function delegationsJson(state: LedgerState, account: string): string {
  const { wallets } = state;
  const wallet = slotOf(wallets.register, account);
  const { preferences } = statementOf(state, account);
  const total = preferences.reduce((sum, { factor }) => sum + factor, 0);
  const isDefault = wallet === undefined || wallets.explicit[wallet] !== true;
  return jsonObject([
    ["_key", jsonString(`base_${account}`)],
    ["wallet", jsonString(account)],
    ["lastUpdate", `${wallet === undefined ? 0 : (wallets.updated[wallet] ?? 0)}`],
    ["totalFactor", `${total}`],
    ["delegationPrefs", jsonArray(preferences.map(({ target, factor }) => preferenceJson(target, factor)))],
    ["version", `${wallet === undefined ? 0 : (wallets.version[wallet] ?? 0)}`],
    ["isDefault", isDefault ? "true" : "false"],
    ["effective", jsonArray(effective(state, account))],
  ]);
}

function effective(state: LedgerState, account: string): readonly string[] {
  const { edges, wallets } = state;
  const wallet = slotOf(wallets.register, account);
  if (wallet === undefined || (wallets.outgoing[wallet] ?? 0) === 0) {
    const { defaultTarget } = state.parameters.policies;
    const isExplicit = wallet !== undefined && wallets.explicit[wallet] === true;
    const keeps = isExplicit || defaultTarget === "" || defaultTarget === account;
    return keeps ? [] : [preferenceJson(defaultTarget, ALL)];
  }
  return edgesOf(state, wallet)
    .filter((edge) => edges.factor[edge]! > 0)
    .map((edge) => preferenceJson(wallets.register.names[edges.to[edge]!]!, edges.factor[edge]!));
}

function preferenceJson(walletTo: string, factor: number): string {
  return jsonObject([
    ["walletTo", jsonString(walletTo)],
    ["factor", `${factor}`],
  ]);
}
