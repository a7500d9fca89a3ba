/** Set Protocol, version 2: indices whose owners issue and redeem in kind, and mint for one token by its value. */
import type { NpmPackage } from "../../module/npm-package.ts";
import type { Row } from "../measures.ts";
import { indexSizes } from "../pi.ts";
import { Contracts } from "./contracts.ts";
import { addressIn, approve, inGasAndTransfers, newTokens, one, other, second, transfer } from "./erc20.ts";
import type { Chain } from "./evm.ts";

/** MIT and Apache-2.0 licences. */
const source: NpmPackage = {
  spec: "@setprotocol/set-protocol-v2@0.1.16",
  sha256: "5b6a9ba416c579c0773993302cd6ab5734e5855ebbd069e3c7c05b2ec4f3757f",
};
/** Where version 2 has what is used here. */
const places: Readonly<Record<string, string>> = {
  BasicIssuanceModule: "protocol/modules/BasicIssuanceModule.sol",
  NavIssuanceModule: "protocol/modules/NAVIssuanceModule.sol",
  OracleMock: "mocks/OracleMock.sol",
  StandardTokenMock: "mocks/StandardTokenMock.sol",
};

const zero = `0x${"0".repeat(40)}`;

/** A row a number of tokens. */
export async function measureIssuance(chain: Chain): Promise<Row[]> {
  const pathOf = (name: string) =>
    `package/artifacts/contracts/${places[name] ?? `protocol/${name}.sol`}/${name}.json`;
  const contracts = await Contracts.of(chain, source, pathOf);
  const rows: Row[] = [];
  for (const launches of indexSizes) rows.push(await measureAt(contracts, launches + 2));
  return rows;
}

async function measureAt(contracts: Contracts, count: number): Promise<Row> {
  const { account } = contracts.chain;
  const tokens = await newTokens(contracts, count);
  const { set, basic, nav } = await newSet(contracts, tokens);
  for (const token of tokens) for (const spender of [basic, nav]) await approve(contracts, token, spender);
  const inKind = (name: string, quantity: bigint) =>
    contracts.call(basic, name, ["address", set], ["uint256", quantity], ["address", account]);
  const values = {
    transfer: await second(() => transfer(contracts, tokens[0]!)),
    deposit: await second(() => inKind("issue", 100n * one)),
    redeem: await second(() => inKind("redeem", one)),
    mintByValue: await second(() =>
      contracts.call(
        nav,
        "issue",
        ...([
          ["address", set],
          ["address", tokens[0]!],
          ["uint256", one / 1000n],
        ] as const),
        ...([
          ["uint256", 1n],
          ["address", account],
        ] as const),
      ),
    ),
  };
  return { subject: "Set Protocol 2, EDR", wallets: count, values: inGasAndTransfers(values) };
}

/** A Set with the modules for issuing, all prices known. */
async function newSet(contracts: Contracts, tokens: readonly string[]) {
  const { account } = contracts.chain;
  const controller = await contracts.deploy("Controller", ["address", other]);
  const at = ["address", controller] as const;
  const [creator, basic] = [
    await contracts.deploy("SetTokenCreator", at),
    await contracts.deploy("BasicIssuanceModule", at),
  ];
  const [quote] = (await newTokens(contracts, 1)) as [string];
  const nav = await contracts.deploy("NavIssuanceModule", at, ["address", quote]);
  const oracles: string[] = [];
  while (oracles.length < tokens.length)
    oracles.push(await contracts.deploy("OracleMock", ["uint256", 2n * one]));
  const prices = await contracts.deploy(
    "PriceOracle",
    ...([at, ["address", quote], ["address[]", []], ["address[]", tokens]] as const),
    ...([
      ["address[]", tokens.map(() => quote)],
      ["address[]", oracles],
    ] as const),
  );
  const valuer = await contracts.deploy("SetValuer", at);
  await contracts.call(
    controller,
    "initialize",
    ...([
      ["address[]", [creator]],
      ["address[]", [basic, nav]],
    ] as const),
    ...([
      ["address[]", [prices, valuer]],
      ["uint256[]", [1n, 2n]],
    ] as const),
  );
  const created = await contracts.call(
    creator,
    "create",
    ...([
      ["address[]", tokens],
      ["int256[]", tokens.map(() => one)],
    ] as const),
    ...([
      ["address[]", [basic, nav]],
      ["address", account],
      ["string", "Set"],
      ["string", "SET"],
    ] as const),
  );
  const set = addressIn(created.logs.find(({ address }) => address === creator)!.topics[1]!);
  await contracts.call(basic, "initialize", ["address", set], ["address", zero]);
  // Half a percent goes to the manager, as the index's fee is; a minimum of supply that is there.
  const settings = [zero, zero, [tokens[0]!], other, 5n * 10n ** 15n, 0n, 10n ** 16n, 0n, 10n ** 17n, 1n];
  const types = [
    "address",
    "address",
    "address[]",
    "address",
    "uint256[2]",
    ...Array<string>(4).fill("uint256"),
  ];
  await contracts.call(nav, "initialize", ["address", set], [types, settings]);
  return { set, basic, nav };
}
