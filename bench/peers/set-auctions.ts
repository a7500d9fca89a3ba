/** Set Protocol, version 1: auctions by which indices are rebalanced, open to all, at a price that falls in a line. */
import type { NpmPackage } from "../../module/npm-package.ts";
import type { Row } from "../measures.ts";
import { address, addresses, bool, bytes, bytes32, uint256, uint256s, word } from "./abi.ts";
import { Contracts } from "./contracts.ts";
import { addressIn, approve, inGasAndTransfers, newTokens, one, second, transfer } from "./erc20.ts";
import type { Chain } from "./evm.ts";

/** Apache-2.0 licence. */
const source: NpmPackage = {
  spec: "set-protocol-contracts@1.2.9",
  sha256: "b234b491c57818a0b72a75d12f29e975704b032ff206d1ba19719544b2da2e30",
};

const day = 86_400;
const unit = 10n ** 12n;

/** An auction of one token for another, and bids for parts of its lot. */
export async function measureAuctions(chain: Chain): Promise<Row> {
  const contracts = await Contracts.of(chain, source, (name) => `package/artifacts/json/${name}.json`);
  const [sold, bought] = (await newTokens(contracts, 2)) as [string, string];
  const { core, proxy, auction, rebalanced, next, curve } = await newRebalancedSet(contracts, sold, bought);
  await contracts.call(core, "issue", address(rebalanced.holds), uint256(1000n * one));
  await approve(contracts, rebalanced.holds, proxy);
  await contracts.call(core, "issue", address(rebalanced.set), uint256(1000n * one));
  await chain.wait(day + 1);
  await contracts.call(
    rebalanced.set,
    "propose",
    address(next),
    address(curve),
    uint256(100_000n),
    uint256(500n),
    uint256(1_000n),
  );
  await chain.wait(day + 1);
  const openAuction = (await contracts.call(rebalanced.set, "startRebalance")).gas;
  await chain.wait(day);
  const values = {
    openAuction,
    transfer: await second(() => transfer(contracts, sold)),
    bid: await second(() =>
      contracts.call(auction, "bid", address(rebalanced.set), uint256(one), bool(true)),
    ),
  };
  return { subject: "Set Protocol 1, EDR", wallets: 0, values: inGasAndTransfers(values) };
}

async function newRebalancedSet(contracts: Contracts, sold: string, bought: string) {
  const { account } = contracts.chain;
  const [proxy, vault] = [await contracts.deploy("TransferProxy"), await contracts.deploy("Vault")];
  const core = await contracts.deploy("Core", address(proxy), address(vault));
  const factory = await contracts.deploy("SetTokenFactory", address(core));
  const allowed = await contracts.deploy("WhiteList", addresses([sold, bought]));
  const bounds = [BigInt(day), BigInt(day), 0n, 1_000_000n, 1n, 10n ** 14n];
  const rebalancing = await contracts.deploy(
    "RebalancingSetTokenFactory",
    address(core),
    address(allowed),
    ...bounds.map((bound) => uint256(bound)),
  );
  const auction = await contracts.deploy("RebalanceAuctionModule", address(core), address(vault));
  const curve = await contracts.deploy("LinearAuctionPriceCurve", uint256(1_000n), bool(true));
  for (const each of [proxy, vault])
    for (const user of [core, auction]) await contracts.call(each, "addAuthorizedAddress", address(user));
  for (const each of [factory, rebalancing]) await contracts.call(core, "addFactory", address(each));
  await contracts.call(core, "addModule", address(auction));
  await contracts.call(core, "addPriceLibrary", address(curve));
  for (const token of [sold, bought]) await approve(contracts, token, proxy);
  const create = async (by: string, component: string, data: string): Promise<string> => {
    const { logs } = await contracts.call(
      core,
      "createSet",
      address(by),
      addresses([component]),
      uint256s([unit]),
      uint256(unit),
      bytes32("Set"),
      bytes32("Set"),
      bytes(data),
    );
    return addressIn(logs.findLast(({ address }) => address === core)!.topics[1]!);
  };
  const [holds, next] = [await create(factory, sold, ""), await create(factory, bought, "")];
  const terms = [account, BigInt(day), BigInt(day)].map((value) => word(value)).join("");
  const set = await create(rebalancing, holds, terms);
  return { core, proxy, auction, rebalanced: { set, holds }, next, curve };
}
