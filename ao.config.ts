/** What Tributary is made of on each network: the one file to edit before a deployment (docs/deployment.md). */
import { codeOf, defineConfig, deployer, idOf, json, moduleOf, spawnTime } from "./deployment/config.ts";

/** Whose reports of balances count. The deployer's, until oracles have keys of their own: put their addresses here. */
const oracle = deployer;

export default defineConfig({
  module: "compact",

  networks: {
    local: { url: "http://127.0.0.1:4000" },
    // Where each address is from, and what is not known: docs/deployment.md.
    mainnet: {
      messenger: "https://mu.ao-testnet.xyz",
      compute: "https://cu.ao-testnet.xyz",
      scheduler: "https://su-router.ao-testnet.xyz",
      gateway: "https://arweave.net",
      upload: "https://upload.ardrive.io/v1",
      schedulerAddress: "_GQ33BkPtZrqxA84vM8Zk-N2aO0toNNu_C-l-rawrBA",
      authority: "fcoN_xJeisVsPXA-trzVAuIiqO3ydLQxM-L4XbrQKzY",
    },
  },

  processes: {
    token: {
      bundle: "token",
      tags: { Name: "AO", Ticker: "AO", Denomination: "12", Cap: "21000000000000000000" },
    },
    ledger: {
      bundle: "ledger",
      tags: {
        "AO-Token": idOf("token"),
        "Numbered-Transfers": "true",
        Tokens: json([
          { token: "AR", ticker: "AR", denomination: 12, multiplier: "1", oracle },
          { token: "stETH", ticker: "stETH", denomination: 18, multiplier: "600", oracle },
          { token: "DAI", ticker: "DAI", denomination: 18, multiplier: "0.2", oracle },
        ]),
      },
    },
    mint: {
      bundle: "mint",
      tags: {
        "Token-Process": idOf("token"),
        "Start-Timestamp": spawnTime,
        Ledgers: json([{ from: 0, shares: [{ ledger: idOf("ledger"), share: "1" }] }]),
      },
      tickEvery: "5-minutes",
    },
    factory: {
      bundle: "fair-launch-factory",
      tags: {
        "AO-Token": idOf("token"),
        Ledgers: json([idOf("ledger")]),
        "Launch-Modules": json([{ module: moduleOf("fair-launch"), code: codeOf("fair-launch") }]),
        // Whether this AO token answers a transfer that is repeated under its number, as our own does.
        "Numbered-Transfers": "true",
      },
      unchangeable: true,
    },
    // AR on AO. Here a token of our own, whose supply the deployer has; on mainnet a wrapped AR takes its place.
    ar: {
      bundle: "token",
      tags: { Name: "AR", Ticker: "AR", Denomination: "12", "Initial-Supply": "1000000000000000000" },
    },
    "pi-token": {
      bundle: "token",
      tags: { Name: "PI", Ticker: "PI", Denomination: "12" },
    },
    pi: {
      bundle: "pi",
      tags: {
        "PI-Token-Process": idOf("pi-token"),
        "AO-Token": idOf("token"),
        "AR-Token": idOf("ar"),
        Ledgers: json([idOf("ledger")]),
        "Flp-Factory": idOf("factory"),
        "Numbered-Tokens": json([idOf("token"), idOf("ar")]),
        Sources: json([{ token: idOf("ar"), kind: "feed", process: oracle, life: 3_600_000, band: 100 }]),
        // AO that may be lost in a day to slippage on pools, and to prices that a launch alone tells. Generous here, as the launches of a
        // day have no other price: lower it where the basket is worth more than a trial.
        "Slippage-Cap": "1200000000000000",
      },
      tickEvery: "1-hour",
    },
  },

  // Token and ledger refer to the mint, which refers to them: so they are told once it is there.
  wires: [
    { process: "token", tags: { Action: "Set-Minter", Minter: idOf("mint") } },
    { process: "ledger", tags: { Action: "Set-Mint", "Mint-Process": idOf("mint") } },
    { process: "pi-token", tags: { Action: "Set-Minter", Minter: idOf("pi") } },
    // In aos a spawn brings the launch's code along, so the factory must have it.
    { process: "factory", tags: { Action: "Provide-Launch-Code" }, code: "fair-launch", only: "aos" },
  ],
});
