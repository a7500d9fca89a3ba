/** Parameters that no process starts with: each log is one spawn that is refused. */
import { identifier, walletAddress } from "../../../units/address.ts";
import type { ProcessName } from "../../scene/runtimes.ts";
import { Log } from "../log.ts";
import { launchParameters } from "./fair-launch.ts";
import { indexParameters } from "./pi-words.ts";

type Parameters = Readonly<Record<string, string>>;

const address = walletAddress("somebody");
const token: Parameters = { Name: "T", Ticker: "T", Denomination: "12" };
const share = { ledger: address, share: "1" };
const eras = (...items: readonly object[]) => JSON.stringify(items);
const mint: Parameters = {
  "Token-Process": address,
  "Start-Timestamp": "0",
  Ledgers: eras({ from: 0, shares: [share] }),
};
const ar = { token: "AR", ticker: "AR", denomination: 12, multiplier: "1", oracle: address };
const ledger: Parameters = { "AO-Token": identifier("token"), Tokens: JSON.stringify([ar]) };

const pool: Parameters = {
  ...{ "Token-A": identifier("first"), "Token-B": identifier("second") },
  ...{ Name: "Pool", Ticker: "POOL" },
};

const tokenCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { Name: "" }],
  ["missing-tag", { Ticker: "" }],
  ["invalid-denomination", { Denomination: "" }],
  ["invalid-denomination", { Denomination: "19" }],
  ["invalid-number", { Denomination: "1.5" }],
  ["invalid-quantity", { Cap: "-1" }],
  ["invalid-address", { Minter: "me" }],
  ["invalid-quantity", { "Initial-Supply": "x" }],
  ["invalid-address", { "Initial-Holder": "me" }],
  ["above-cap", { Cap: "1", "Initial-Supply": "2" }],
  ["duplicate-tag", { ticker: "U" }],
];

const mintCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { "Token-Process": "" }],
  ["missing-tag", { "Start-Timestamp": "" }],
  ["missing-tag", { Ledgers: "" }],
  ["invalid-ledgers", { Ledgers: "[" }],
  ["invalid-ledgers", { Ledgers: "[]" }],
  ["invalid-ledgers", { Ledgers: eras({ from: 1, shares: [share] }) }],
  ["invalid-ledgers", { Ledgers: eras({ from: 0, shares: [share, share] }) }],
  ["invalid-ledgers", { Ledgers: eras({ from: 0, shares: [{ ...share, share: "0" }] }) }],
  ["invalid-ledgers", { Ledgers: eras({ from: 0, shares: [share] }, { from: 0, shares: [share] }) }],
];

const ledgerCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { "AO-Token": "" }],
  ["missing-tag", { Tokens: "" }],
  ["invalid-tokens", { Tokens: "[]" }],
  ["invalid-tokens", { Tokens: JSON.stringify([ar, ar]) }],
  ["invalid-tokens", { Tokens: JSON.stringify([{ ...ar, multiplier: "1e3" }]) }],
  ["invalid-tokens", { Tokens: JSON.stringify([{ ...ar, class: "none" }]) }],
  ["invalid-classes", { Classes: "{}" }],
  ["invalid-classes", { Classes: '[{"name":"a","share":"0"}]' }],
  ["invalid-policy", { "Over-Delegation": "maybe" }],
  ["invalid-policy", { "Default-Target": "nobody" }],
  ["invalid-policy", { "Fan-Out": "101" }],
  ["invalid-policy", { "Fan-Out": "50", "Smallest-Fraction": "49" }],
  ["invalid-policy", { "Deepest-Chain": "3", "Delegation-Cycles": "allow" }],
  ["invalid-policy", { "Smallest-Base-Weight": "-1" }],
  ["invalid-policy", { "Numbered-Transfers": "yes" }],
  ["invalid-quantity", { "Change-Fee": "1.5" }],
  ["invalid-address", { "Mint-Process": "me" }],
];

const poolCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { "Token-A": "" }],
  ["missing-tag", { "Token-B": "" }],
  ["invalid-address", { "Token-B": "second" }],
  ["invalid-pair", { "Token-B": identifier("first") }],
  ["invalid-pair", { "Token-A": identifier("process", "pool parameters 4") }],
  ["missing-tag", { Name: "" }],
  ["missing-tag", { Ticker: "" }],
  ["invalid-policy", { Denomination: "19" }],
  ["invalid-policy", { "Fee-Bps": "1001" }],
  ["invalid-number", { "Fee-Bps": "0.25" }],
  ["invalid-policy", { "Deposit-Patience": "59999" }],
  ["invalid-policy", { "Deposit-Patience": "360000001" }],
  ["invalid-policy", { "Numbered-Transfers-A": "yes" }],
  ["duplicate-tag", { logo: "l", Logo: "m" }],
];

const factory: Parameters = {
  "AO-Token": identifier("token"),
  Ledgers: JSON.stringify([address]),
  "Launch-Modules": JSON.stringify([{ module: identifier("module"), code: "" }]),
};
const modules = (...items: readonly unknown[]) => ({ "Launch-Modules": JSON.stringify(items) });

const factoryCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { "AO-Token": "" }],
  ["missing-tag", { Ledgers: "" }],
  ["invalid-ledgers", { Ledgers: "{}" }],
  ["invalid-ledgers", { Ledgers: JSON.stringify([address, address]) }],
  ["invalid-ledgers", { Ledgers: JSON.stringify(Array.from({ length: 9 }, (_, i) => identifier("l", i))) }],
  ["missing-tag", { "Launch-Modules": "" }],
  ["invalid-modules", modules()],
  ["invalid-modules", modules({ module: "m", code: "" })],
  ["invalid-modules", modules({ module: address })],
  ["invalid-modules", modules({ module: address, code: "F".repeat(64) })],
  ["invalid-modules", modules({ module: address, code: "" }, { module: address, code: "" })],
  [
    "invalid-modules",
    modules(...Array.from({ length: 17 }, (_, i) => ({ module: identifier(`${i}`), code: "" }))),
  ],
  ["invalid-duration", { "Default-Duration": "0" }],
  ["invalid-duration", { "Default-Duration": "3651" }],
  ["invalid-number", { "Spawn-Patience": "1h" }],
  ["invalid-address", { Approver: "me" }],
  ["invalid-quantity", { "Creation-Fee": "x" }],
  ["missing-tag", { "Creation-Fee": "5" }],
  ["missing-tag", { "Fee-Recipient": address }],
  ["invalid-address", { "Creation-Fee": "5", "Fee-Recipient": "me" }],
  ["invalid-interval", { "Launch-Cron-Interval": "5 minutes" }],
  ["invalid-interval", { "Launch-Cron-Interval": "0-minutes" }],
  ["invalid-interval", { "Launch-Cron-Interval": "5-moons" }],
  ["invalid-address", { "PI-Process": "pi" }],
  ["missing-tag", { "PI-Process": address, "PI-Share": "5" }],
  ["invalid-share", { "PI-Share": "101" }],
  ["invalid-number", { "Grace-Days": "3651" }],
  ["invalid-flag", { "Numbered-Transfers": "yes" }],
  ["duplicate-tag", { ledgers: "[]" }],
];

const launchCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { Name: "" }],
  ["missing-tag", { "Token-Supply": "" }],
  ["missing-tag", { "AO-Token": "" }],
  ["missing-tag", { "PI-Share": "10" }],
  ["contradiction", { "Token-Share": "10" }],
  ["contradiction", { "Start-Date": "2030-01-01" }],
  ["invalid-address", { Treasury: "mine" }],
  ["invalid-address", { "Token-Process": launchParameters["AO-Token"]! }],
  ["invalid-address", { "Token-Process": identifier("process", "fair-launch parameters 8") }],
  ["invalid-quantity", { "Token-Supply": "1e6" }],
  ["zero-quantity", { "Token-Supply": "0" }],
  ["invalid-share", { "Token-Supply": "101%" }],
  ["invalid-share", { "PI-Share": "100.1", "PI-Process": address, "PI-Token-Process": address }],
  ["invalid-date", { "Starts-At-Timestamp": "2030-02-30" }],
  ["invalid-duration", { Duration: "3651" }],
  ["invalid-decay-factor", { "Decay-Factor": "1" }],
  ["invalid-flag", { "Are-Batch-Transfers-Possible": "yes" }],
  ["invalid-flag", { "Numbered-Transfers": "yes" }],
  ["invalid-ledgers", { Ledgers: "[]" }],
  ["invalid-ledgers", { Ledgers: '["ledger"]' }],
  ["invalid-number", { "Grace-Days": "3651" }],
  ["invalid-socials", { Socials: "[]" }],
  ["too-long", { "Long-Description": "l".repeat(2_001) }],
  ["duplicate-tag", { name: "other" }],
];

const source = { token: address, kind: "feed", process: address, life: 1, band: 1 };
const named = (...items: readonly unknown[]) => ({ Sources: JSON.stringify(items) });

const indexCases: readonly (readonly [string, Parameters])[] = [
  ["missing-tag", { "PI-Token-Process": "" }],
  ["invalid-address", { "AO-Token": "ao" }],
  ["missing-tag", { "AR-Token": "" }],
  ["invalid-address", { "AR-Token": indexParameters["AO-Token"]! }],
  ["missing-tag", { Ledgers: "" }],
  ["missing-tag", { Ledgers: "[]" }],
  ["invalid-ids", { Ledgers: "{}" }],
  ["invalid-ids", { Ledgers: JSON.stringify([address, address]) }],
  ["invalid-ids", { "Numbered-Tokens": '["ao"]' }],
  ["invalid-address", { "Flp-Factory": "factory" }],
  ["invalid-address", { Guardian: "me" }],
  ["invalid-number", { "Fee-Bps": "501" }],
  ["invalid-number", { "Session-Patience": "59999" }],
  ["invalid-number", { "Steep-Steps": "0" }],
  ["invalid-number", { "Bootstrap-Multiplier": "1e3" }],
  ["invalid-quantity", { "Lot-Cap": "x" }],
  ["invalid-sources", { Sources: "{}" }],
  ["invalid-sources", named({ ...source, band: 10_000 })],
  ["invalid-sources", named({ ...source, kind: "oracle" })],
  ["invalid-sources", named({ ...source, process: "me" })],
  ["invalid-sources", named(source, source)],
  [
    "invalid-sources",
    named(...Array.from({ length: 15 }, (_, i) => ({ ...source, process: identifier(`${i}`) }))),
  ],
  ["duplicate-tag", { ledgers: "[]" }],
];

/** A log for each way in which the parameters of a process can be wrong. */
export function parameterLogs(): Log[] {
  const logs = (process: ProcessName, valid: Parameters, cases: readonly (readonly [string, Parameters])[]) =>
    cases.map(([code, wrong], i) => {
      const log = new Log(`${process} parameters ${i}`, process, { ...valid, ...wrong });
      log.steps[0]!.refused(code);
      return log;
    });
  return [
    ...logs("token", token, tokenCases),
    ...logs("mint", mint, mintCases),
    ...logs("ledger", ledger, ledgerCases),
    ...logs("fair-launch-factory", factory, factoryCases),
    ...logs("fair-launch", launchParameters, launchCases),
    ...logs("pool", pool, poolCases),
    ...logs("pi", indexParameters, indexCases),
  ];
}
