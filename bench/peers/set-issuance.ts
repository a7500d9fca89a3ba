/** Set Protocol, version 2: indices whose owners issue and redeem in kind, and mint for one token by its value. */
import type { NpmPackage } from "../../module/npm-package.ts";
import type { Row } from "../measures.ts";
import { indexSizes } from "../pi.ts";
import { address, addresses, int256s, string, tuple, uint256, uint256Pair, uint256s } from "./abi.ts";
import { Contracts } from "./contracts.ts";
import { addressIn, approve, inGasAndTransfers, newTokens, one, other, second, transfer } from "./erc20.ts";
import type { Chain } from "./evm.ts";

/** MIT and Apache-2.0 licences. */
const source: NpmPackage = {
  spec: "@setprotocol/set-protocol-v2@0.1.16",
  sha256: "5b6a9ba416c579c0773993302cd6ab5734e5855ebbd069e3c7c05b2ec4f3757f",
};

/** Where the package has what is used here, if not in `protocol`. */
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
    contracts.call(basic, name, address(set), uint256(quantity), address(account));
  const values = {
    transfer: await second(() => transfer(contracts, tokens[0]!)),
    deposit: await second(() => inKind("issue", 100n * one)),
    redeem: await second(() => inKind("redeem", one)),
    mintByValue: await second(() =>
      contracts.call(
        nav,
        "issue",
        address(set),
        address(tokens[0]!),
        uint256(one / 1000n),
        uint256(1n),
        address(account),
      ),
    ),
  };
  return { subject: "Set Protocol 2, EDR", wallets: count, values: inGasAndTransfers(values) };
}

/** A Set with the modules for issuing, all prices known. */
async function newSet(contracts: Contracts, tokens: readonly string[]) {
  const { account } = contracts.chain;
  const controller = await contracts.deploy("Controller", address(other));
  const at = address(controller);
  const [creator, basic] = [
    await contracts.deploy("SetTokenCreator", at),
    await contracts.deploy("BasicIssuanceModule", at),
  ];
  const [quote] = (await newTokens(contracts, 1)) as [string];
  const nav = await contracts.deploy("NavIssuanceModule", at, address(quote));
  const oracles: string[] = [];
  while (oracles.length < tokens.length)
    oracles.push(await contracts.deploy("OracleMock", uint256(2n * one)));
  const prices = await contracts.deploy(
    "PriceOracle",
    at,
    address(quote),
    addresses([]),
    addresses(tokens),
    addresses(tokens.map(() => quote)),
    addresses(oracles),
  );
  const valuer = await contracts.deploy("SetValuer", at);
  await contracts.call(
    controller,
    "initialize",
    addresses([creator]),
    addresses([basic, nav]),
    addresses([prices, valuer]),
    uint256s([1n, 2n]),
  );
  const created = await contracts.call(
    creator,
    "create",
    addresses(tokens),
    int256s(tokens.map(() => one)),
    addresses([basic, nav]),
    address(account),
    string("Set"),
    string("SET"),
  );
  const set = addressIn(created.logs.find(({ address }) => address === creator)!.topics[1]!);
  await contracts.call(basic, "initialize", address(set), address(zero));
  // Half a percent goes to the manager, as the index's fee is; a minimum of supply that is there.
  const settings = tuple(
    ...[address(zero), address(zero), addresses([tokens[0]!]), address(other)],
    ...[uint256Pair(5n * 10n ** 15n, 0n), uint256(10n ** 16n), uint256(0n), uint256(10n ** 17n), uint256(1n)],
  );
  await contracts.call(nav, "initialize", address(set), settings);
  return { set, basic, nav };
}
