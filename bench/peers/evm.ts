/**
 * An Ethereum chain in this process, to run contracts on and to read what gas they take: EDR, on which Hardhat tests run. It is native code out
 * of an npm package, which is downloaded when it is first needed and never installed.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectFolder, writeWhole } from "../../module/files.ts";
import { type NpmPackage, openPackage } from "../../module/npm-package.ts";

/** What a transaction came to. */
export interface Receipt {
  readonly gas: number;
  /** Of the contract that it has made. */
  readonly address: string;
  readonly logs: readonly { readonly address: string; readonly topics: readonly string[] }[];
}

export interface Chain {
  /** Who signs everything. */
  readonly account: string;
  /** A transaction to a contract; to `undefined` for one that makes a contract. Throws why it failed. */
  readonly send: (to: string | undefined, data: string) => Promise<Receipt>;
  /** Lets seconds pass. */
  readonly wait: (seconds: number) => Promise<void>;
}

/** EDR by platform, with the hash of each archive. MIT licence. */
const packages: Readonly<Record<string, NpmPackage>> = {
  "linux-x64": edr("linux-x64-gnu", "c6922d2525c4a38ca413eb5be8dbc447052115dc2804b37413ab2d67276e03d1"),
  "linux-arm64": edr("linux-arm64-gnu", "afd7de7c6fde8ae8b5df8134306464905ef81ec9648e9bb36a60c755384d6b25"),
  "darwin-arm64": edr("darwin-arm64", "0ed7243e74bc8edee1350ce775c09e18d8a860936044c68f4ed10a3864d17428"),
  "darwin-x64": edr("darwin-x64", "285d7d663250302b2c1e135347f441a8a3865d46f73c673b413536cc7d518fdc"),
};

function edr(platform: string, sha256: string): NpmPackage {
  return { spec: `@nomicfoundation/edr-${platform}@0.13.0`, sha256 };
}

/** As much of EDR as is used here. */
interface Edr {
  readonly GENERIC_CHAIN_TYPE: string;
  readonly PRAGUE: string;
  readonly genericChainProviderFactory: () => object;
  readonly EdrContext: new () => {
    registerProviderFactory: (type: string, factory: object) => Promise<void>;
    createProvider: (type: string, ...config: readonly object[]) => Promise<Provider>;
  };
  readonly ContractDecoder: new () => object;
}

interface Provider {
  readonly handleRequest: (request: string) => Promise<{ readonly data: string | object }>;
}

/** The key of an account that everybody knows, and that has some ether here. */
const key = "0x1111111111111111111111111111111111111111111111111111111111111111";
const account = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a";
const gasLimit = 60_000_000;

/** Whether there is an EDR for this machine. */
export function hasEvm(): boolean {
  return `${process.platform}-${process.arch}` in packages && !isMusl();
}

/** An empty chain. EDR takes one context in a process. */
export async function startChain(): Promise<Chain> {
  const library = await loadEdr();
  const context = new library.EdrContext();
  await context.registerProviderFactory(library.GENERIC_CHAIN_TYPE, library.genericChainProviderFactory());
  const silent = {
    enable: false,
    decodeConsoleLogInputsCallback: () => [],
    printLineCallback: () => undefined,
  };
  const provider = await context.createProvider(
    library.GENERIC_CHAIN_TYPE,
    config(library.PRAGUE),
    silent,
    { subscriptionCallback: () => undefined },
    new library.ContractDecoder(),
  );
  const ask = (method: string, ...params: readonly unknown[]) => request(provider, method, params);
  return {
    account,
    send: async (to, data) => {
      const fields = { from: account, data, gas: hex(gasLimit), gasPrice: "0x0" };
      const hash = await ask("eth_sendTransaction", to === undefined ? fields : { ...fields, to });
      const receipt = (await ask("eth_getTransactionReceipt", hash)) as RawReceipt;
      return { gas: Number(receipt.gasUsed), address: receipt.contractAddress ?? "", logs: receipt.logs };
    },
    wait: async (seconds) => {
      await ask("evm_increaseTime", hex(seconds));
      await ask("evm_mine");
    },
  };
}

interface RawReceipt {
  readonly gasUsed: string;
  readonly contractAddress: string | null;
  readonly logs: Receipt["logs"];
}

async function request(provider: Provider, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await provider.handleRequest(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  const { data } = response;
  const answer = (typeof data === "string" ? JSON.parse(data) : data) as {
    readonly result?: unknown;
    readonly error?: { readonly message: string };
  };
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}

async function loadEdr(): Promise<Edr> {
  const known = packages[`${process.platform}-${process.arch}`]!;
  const platform = /edr-(.*)@/.exec(known.spec)![1]!;
  const read = await openPackage(known);
  const path = join(projectFolder, "build/packages", `edr-${known.sha256}.node`);
  writeWhole(path, read(`package/edr.${platform}.node`));
  return createRequire(import.meta.url)(path) as Edr;
}

function isMusl(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return process.platform === "linux" && report.header?.glibcVersionRuntime === undefined;
}

function config(hardfork: string): object {
  return {
    allowBlocksWithSameTimestamp: true,
    allowUnlimitedContractSize: true,
    bailOnCallFailure: true,
    bailOnTransactionFailure: true,
    chainId: 31_337n,
    coinbase: new Uint8Array(20),
    defaultTransactionGasLimit: BigInt(gasLimit),
    genesisState: [{ address: Buffer.from(account.slice(2), "hex"), balance: 10n ** 24n }],
    hardfork,
    initialBaseFeePerGas: 0n,
    initialParentBeaconBlockRoot: new Uint8Array(32),
    minGasPrice: 0n,
    mining: { autoMine: true, memPool: { order: "Fifo" } },
    network: { genesisBlockGasLimit: 100_000_000n },
    networkId: 31_337n,
    observability: {},
    ownedAccounts: [key],
    precompileOverrides: [],
    transactionGasCap: false,
  };
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
