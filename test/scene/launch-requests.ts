/** Requests for launches, reports of launches, and bundles, as tests of the factory need them. */
import { createHash } from "node:crypto";
import { identifier, walletAddress } from "../../units/address.ts";
import type { TagRecord } from "./scene.ts";

export const [deployer, treasury, approver, feeRecipient] = [
  "deployer",
  "treasury",
  "approver",
  "fee recipient",
].map((name) => walletAddress(name)) as [string, string, string, string];
export const ao = identifier("ao token");
export const teamToken = identifier("team token");
export const ledgers = [identifier("ledger one"), identifier("ledger two")] as const;

export const [firstModule, secondModule] = ["first module", "second module"].map((name) =>
  identifier(name),
) as [string, string];

/** A text with the first line that the build gives a bundle. */
export function bundleOf(text: string): { readonly bundle: string; readonly hash: string } {
  const hash = createHash("sha256").update(text).digest("hex");
  return { bundle: `TributaryCode = "${hash}"\n${text}`, hash };
}

/** Parameters of a factory that is free and open to all; `more` replaces them. */
export function factoryTags(more: TagRecord = {}): TagRecord {
  return {
    "AO-Token": ao,
    Ledgers: JSON.stringify(ledgers),
    "Launch-Modules": JSON.stringify([{ module: firstModule, code: "" }]),
    ...more,
  };
}

/** The tags of Create-FLP, as clients send them; `more` replaces them. */
export function requestTags(start: number, more: TagRecord = {}): TagRecord {
  return {
    Action: "Create-FLP",
    Name: "Ocean",
    Deployer: deployer,
    Treasury: treasury,
    "Token-Process": teamToken,
    "Token-Supply": "1000000",
    "Decay-Factor": "0.95",
    "Starts-At-Timestamp": `${start}`,
    ...more,
  };
}

/** A report's Data; `more` replaces members. */
export function reportData(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    status: "Ready",
    flp_token_name: "Ocean",
    flp_token_ticker: "OCN",
    flp_token_denomination: "12",
    flp_token_logo: "",
    total_token_supply: "10000000",
    token_supply_to_use: "1000000",
    distributed_qty: "0",
    last_day_distribution: "0",
    total_yield_ticks: "0",
    latest_yield_cycle: "0",
    accumulated_qty: "0",
    withdrawn_qty: "0",
    accumulated_pi_qty: "0",
    exchanged_for_pi_qty: "0",
    withdrawn_pi_qty: "0",
    stats_updated_at: 1_750_000_000_000,
    last_updated_at_ts: 1_750_000_000_000,
    ...more,
  });
}
