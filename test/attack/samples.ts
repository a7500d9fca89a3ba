/**
 * One message of every action of token, mint, ledger, pool, factory, launch and index that does what it is meant to do. Attacks are made of these: an
 * attack on a message that would fail anyway would prove nothing. An action without a sample fails the suite.
 */
import { walletAddress } from "../../units/address.ts";
import { tagsOf } from "../../units/message.ts";
import type { ProcessName } from "../scene/runtimes.ts";
import { oracle, workedTokens, type TagRecord } from "../scene/scene.ts";
import { factorySamples, loseSpawns, spawnFactories } from "./factory-samples.ts";
import { type LaunchField, launchSamples, spawnLaunches } from "./launch-samples.ts";
import { type IndexField, indexSamples, spawnIndices } from "./pi-samples.ts";
import { poolSamples, spawnPool } from "./pool-samples.ts";
import { observedScene, type Attempt, type Observed } from "./observed.ts";

export const [alice, bob, mallory] = [walletAddress("alice"), walletAddress("bob"), walletAddress("mallory")];

export interface Sample {
  readonly process: ProcessName;
  readonly action: string;
  /** Which one, where an action has several samples. */
  readonly variant?: string;
  /**
   * What the action does with a message that it can't use: it refuses it; or, as nobody waits for an answer to a
   * notice, it passes it over.
   */
  readonly otherwise: "refuses" | "ignores";
  /** The tags that the action reads, of which none may be given twice. */
  readonly reads: readonly string[];
  readonly attempt: Attempt;
  /** Names of the unit's own fields that it reads as tags, in lower case. */
  readonly named?: readonly string[];
  /** What a stranger's message of the action changes: nothing, or what everybody may change. */
  readonly open?: boolean;
  /** Whether a stranger's message of the action has others told something: what anybody may have them told. */
  readonly tells?: boolean;
  /** Whether the action does nothing: it is there so that nobody is refused. */
  readonly idle?: boolean;
}

/** What a sample is called in the name of a test. */
export function nameOf({ process, action, variant }: Sample): string {
  const named = `${process} ${action === "" ? "(no action)" : action}`;
  return variant === undefined ? named : `${named}, ${variant}`;
}

export interface Battlefield extends Observed {
  readonly pool: string;
  readonly launch: string;
  readonly launches: LaunchField;
  readonly index: string;
  readonly indices: IndexField;
  readonly samples: readonly Sample[];
}

/**
 * A network in which every sample works: Alice and Bob hold AR and yield, Alice has a payout under way whose transfer
 * was lost, a second token and ledger don't know their mint yet, and a pool of AO and a coin and an index have something of everything.
 */
export async function battlefield(): Promise<Battlefield> {
  const scene = await observedScene({
    modules: ["pool", "fair-launch", "fair-launch-factory", "pi"],
    token: { "Initial-Supply": "1000000", "Initial-Holder": alice },
  });
  const { network, send, ledger, token, owner } = scene;
  const factories = await spawnFactories(scene, alice);
  const snapshot = { Action: "Set-Balances", Token: "AR", Snapshot: "1" };
  await send(oracle, ledger, snapshot, `${alice},10000000000000\n${bob},15000000000000`);
  await scene.pass(2);
  const launches = await spawnLaunches(scene, alice, bob, mallory);
  await send(owner, scene.mint, { Action: "Tick" });
  network.faults.add({ from: ledger, to: token, drop: 1 });
  await send(alice, ledger, { Action: "Withdraw", Quantity: "1000" });
  network.faults.clear();
  const spawn = (module: string, tags: TagRecord) => network.spawn({ module, owner, tags: tagsOf(tags) });
  const bareToken = await spawn("token", { Name: "Bare", Ticker: "BARE", Denomination: "0" });
  const bareLedger = await spawn("ledger", { "AO-Token": token, Tokens: JSON.stringify(workedTokens) });
  const field = await spawnPool(scene, alice, bob);
  const indices = await spawnIndices(scene, field);
  loseSpawns(scene, [factories.factory, factories.guarded]);
  const samples = [
    ...samplesOf(scene, bareToken, bareLedger),
    ...poolSamples(scene, field),
    ...factorySamples(scene, factories, alice),
    ...launchSamples(scene, launches),
    ...indexSamples(scene, indices, field),
  ];
  const { pool } = field;
  return { ...scene, pool, launch: launches.launch, launches, index: indices.index, indices, samples };
}

function samplesOf(scene: Observed, bareToken: string, bareLedger: string): readonly Sample[] {
  const { token, ledger, mint, owner, network } = scene;
  const signer = network.authority;

  const sampleOf =
    (process: ProcessName, otherwise: Sample["otherwise"], target: string, from: string, by?: string) =>
    (action: string, tags: TagRecord = {}, more: Partial<Sample> & { data?: string } = {}): Sample => {
      const { data, ...rest } = more;
      const named = action === "" ? tags : { Action: action, ...tags };
      const content = { target, from, tags: tagsOf(named), ...(data === undefined ? {} : { data }) };
      const attempt = by === undefined ? content : { ...content, signer: by };
      return { process, action, otherwise, reads: Object.keys(named), attempt, ...rest };
    };
  const ofToken = sampleOf("token", "refuses", token, alice);
  const ofMint = sampleOf("mint", "refuses", mint, alice);
  const ofLedger = sampleOf("ledger", "refuses", ledger, alice);
  const fromToken = sampleOf("ledger", "ignores", ledger, token, signer);
  const page = { Cursor: "0", Limit: "10" };
  const delegation = JSON.stringify({ walletFrom: alice, walletTo: bob, factor: 2500 });
  const delegations = JSON.stringify({ delegations: [{ walletTo: bob, factor: 2500 }], version: 1 });
  const payment = { Sender: alice, Quantity: "5", "X-Action": "Gift" };
  const yieldTags = {
    Quantity: "9",
    "X-Action": "Distribute",
    "X-Cycle": "9",
    "X-Cumulative": "9".repeat(20),
  };

  return [
    ofToken("Info"),
    ofToken("Balance", { Recipient: alice, Target: alice }),
    ofToken("Balances", page),
    ofToken("Total-Supply"),
    ofToken("Transfer", { Recipient: bob, Quantity: "7", "X-Note": "a" }),
    // Even a refusal is remembered, or a late copy would be paid from what comes later.
    ofToken(
      "Transfer",
      { Recipient: bob, Quantity: "7", "X-Payout": "1", "X-Payouts-Settled": "1" },
      { variant: "numbered", open: true },
    ),
    ofToken("Batch-Transfer", { "X-Note": "a" }, { data: `${bob},7\n${mallory},8` }),
    sampleOf(
      "token",
      "refuses",
      token,
      mint,
      signer,
    )("Mint", {
      Recipient: ledger,
      ...yieldTags,
      "X-Cumulative": "999999999999999",
    }),
    ofToken("Burn", { Quantity: "7" }),
    sampleOf("token", "refuses", bareToken, owner)("Set-Minter", { Minter: mint }),
    sampleOf("token", "ignores", token, bareToken, signer)("Credit-Notice", payment),

    ofMint("Info"),
    ofMint("Get-Emission", { Cycle: "2" }),
    ofMint("Tick"),
    sampleOf("mint", "ignores", mint, token, signer)("Mint-Error", { Error: "The cap would be exceeded!" }),
    sampleOf("mint", "ignores", mint, bareToken, signer)("Credit-Notice", payment),

    ofLedger("Info"),
    ofLedger("Get-Delegations", { Wallet: alice }),
    ofLedger("Get-Delegators", { Target: bob, ...page }),
    ofLedger("Get-Weights", { Wallet: alice }),
    ofLedger("Get-Yield", { Wallet: alice }),
    ofLedger("Get-Contributions", { Wallet: alice, To: bob, ...page }),
    ofLedger("Get-Delegation-Mappings", page),
    ofLedger("Get-Total-Delegated-AO-By-Project", page),
    ofLedger("Get-Cycles", page),
    ofLedger("Report-Contributions", { Reference: "r", Cursor: "0" }),
    ofLedger("Audit", page),
    ofLedger("Set-Delegation", {}, { data: delegation }),
    ofLedger("Set-Delegations", {}, { data: delegations, open: true }),
    sampleOf(
      "ledger",
      "refuses",
      ledger,
      oracle,
    )(
      "Set-Balances",
      { Token: "AR", Snapshot: "2", Page: "1", Pages: "1", Mode: "full" },
      { data: `${alice},1` },
    ),
    sampleOf(
      "ledger",
      "refuses",
      ledger,
      oracle,
    )("Set-Multiplier", {
      Token: "AR",
      Multiplier: "0.3",
      Version: "1",
    }),
    ofLedger("Withdraw", { Recipient: alice, Quantity: "5" }),
    ofLedger("Tick", {}, { open: true }),
    sampleOf("ledger", "refuses", bareLedger, owner)("Set-Mint", { "Mint-Process": mint }),
    fromToken("Credit-Notice", { Sender: mint, ...yieldTags }, { reads: ["Sender", "Quantity"] }),
    fromToken("Debit-Notice", { "X-Payout": "1" }),
    fromToken("Transfer-Error", { "X-Payout": "1" }),
    fromToken("Balance-Response", { Account: ledger, Balance: "5" }),
    sampleOf(
      "ledger",
      "refuses",
      ledger,
      token,
      signer,
    )("", { Account: ledger, Balance: "5" }, { reads: ["Account"] }),
  ];
}
