/** A launch alone among stand-ins: its token, AO, PI, ledgers. What each of them does is up to the test. */
import assert from "node:assert/strict";
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue, type ComputeResult, type Tag } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import { node, type Runtime } from "../scene/runtimes.ts";
import type { TagRecord } from "../scene/scene.ts";
import { ForeignToken } from "./foreign-token.ts";
import { PagedLedger } from "./paged-ledger.ts";
import { type Answering, standIn } from "./stand-in.ts";

export const day = 86_400_000;
export const minute = 60_000;
export const [team, treasury, alice, bob, carol, stranger] = [
  ...["team", "treasury", "alice", "bob", "carol", "stranger"],
].map((name) => walletAddress(name)) as [string, string, string, string, string, string];

export interface StageOptions {
  readonly token?: ForeignToken;
  readonly ledgers?: number;
  /** With an index that does this. */
  readonly index?: Answering;
  readonly runtime?: Runtime;
  /** Spawn tags of the launch; they replace the defaults. `undefined` leaves one out. */
  readonly launch?: Readonly<Record<string, string | undefined>>;
}

export class Stage {
  readonly network: Network = createNetwork();
  readonly start = this.network.now() + 3_600_000;
  readonly token: ForeignToken;
  readonly ao = new ForeignToken({ info: { Name: "AO", Ticker: "AO", Denomination: "12" } });
  readonly pi = new ForeignToken({ info: { Name: "PI", Ticker: "PI", Denomination: "12" } });
  readonly ledgers: PagedLedger[] = [];
  index = "";
  launch = "";

  constructor(token: ForeignToken) {
    this.token = token;
  }

  get ledger(): PagedLedger {
    return this.ledgers[0]!;
  }

  async spawn(name: string, answering: Answering): Promise<string> {
    this.network.module(name, standIn(answering));
    return this.network.spawn({ module: name, owner: team });
  }

  async send(from: string, target: string, tags: TagRecord | readonly Tag[]): Promise<ComputeResult> {
    const list = Array.isArray(tags) ? (tags as readonly Tag[]) : tagsOf(tags as TagRecord);
    const id = this.network.send({ from, target, tags: list });
    await this.network.settle();
    return this.network.result(id)!;
  }

  /** Anybody's tick, and all that follows from it. */
  tick(): Promise<ComputeResult> {
    return this.send(stranger, this.launch, { Action: "Tick" });
  }

  /** Lets periods pass, with a tick at the end of each; the first one begins at the start. */
  async days(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const wait = Math.max(0, this.start - this.network.now());
      await this.network.advance(wait + day);
      await this.tick();
      await this.assertBooks();
    }
  }

  /** Lets time pass with a tick every so many minutes. */
  async minutes(count: number, every = 5): Promise<void> {
    for (let passed = 0; passed < count; passed += every) {
      await this.network.advance(every * minute);
      await this.tick();
    }
  }

  async fund(quantity = 1_000_000n, tags: TagRecord = { "X-Action": "Initialize-FLP" }, from = team) {
    await this.transfer(this.token, from, quantity, tags);
  }

  /** A wallet sends AO to the launch. */
  async contribute(from: string, quantity: bigint, tags: TagRecord = { "X-Action": "Delegate" }) {
    this.ao.balances.set(from, this.ao.balance(from) + quantity);
    await this.transfer(this.ao, from, quantity, tags);
  }

  async transfer(token: ForeignToken, from: string, quantity: bigint, tags: TagRecord): Promise<void> {
    const transfer = { Action: "Transfer", Recipient: this.launch, Quantity: `${quantity}` };
    await this.send(from, token.id, { ...transfer, ...tags });
  }

  async ask(tags: TagRecord): Promise<{ readonly data: string; readonly tags: readonly Tag[] }> {
    const { Error: error, Messages } = await this.network.dryRun({ target: this.launch, tags: tagsOf(tags) });
    if (error !== undefined) throw new Error(error);
    assert.equal(Messages.length, 1, "one answer to a read");
    return { data: Messages[0]!.Data ?? "", tags: Messages[0]!.Tags! };
  }

  async figure(name: string): Promise<string> {
    return tagValue((await this.ask({ Action: "Info" })).tags, name)!;
  }

  async figures(...names: string[]): Promise<readonly string[]> {
    const { tags } = await this.ask({ Action: "Info" });
    return names.map((name) => tagValue(tags, name)!);
  }

  async claimable(account: string): Promise<bigint> {
    return BigInt((await this.ask({ Action: "Get-Claimable-Balance", Recipient: account })).data);
  }

  /** What reached some accounts, by transfer or batch. */
  have(...accounts: string[]): readonly bigint[] {
    return accounts.map((account) => this.token.balance(account));
  }

  /** The equations of Info, and the token's side of them once nothing is under way. */
  async assertBooks(): Promise<void> {
    const { tags } = await this.ask({ Action: "Info" });
    const of = (name: string): bigint => BigInt(tagValue(tags, name) || "0");
    const given = of("Distributed-Quantity") + of("Rollover") + of("Not-Yet-Emitted") + of("Returned");
    assert.equal(given, of("Token-Supply-To-Use"), "FL1");
    if (tagValue(tags, "Funded-By") === "") return;
    const owed = of("Claimable") + of("Under-Way") + of("Paid");
    assert.equal(owed, of("Distributed-Quantity") + of("Returned"), "CR2");
    const out = ["Withdrawn-Quantity", "Exchanged-For-Pi-Quantity", "Waiting", "AO-Under-Way"].map(of);
    assert.equal(
      out.reduce((sum, one) => sum + one),
      of("Accumulated-Quantity") + of("Came-Back"),
      "FL9",
    );
    if (of("Under-Way") === 0n)
      assert.equal(this.token.balance(this.launch), of("Token-Book-Balance"), "token");
    if (of("AO-Under-Way") === 0n) assert.equal(this.ao.balance(this.launch), of("AO-Book-Balance"), "AO");
  }
}

/**
 * Starts an hour from now, lasts 10 days, gives out 1,000,000 of the team's 10,000,000. The token has been asked for
 * its supply.
 */
export async function createStage(options: StageOptions = {}): Promise<Stage> {
  const stage = new Stage(options.token ?? new ForeignToken());
  const { network, token, ao, pi } = stage;
  network.module("fair-launch", await (options.runtime ?? node).factory("fair-launch"));
  token.id = await stage.spawn("team's token", token.answering);
  token.balances.set(team, token.supply ?? 10_000_000n);
  ao.id = await stage.spawn("AO", ao.answering);
  pi.id = await stage.spawn("PI", pi.answering);
  if (options.index !== undefined) stage.index = await stage.spawn("index", options.index);
  for (let i = 0; i < (options.ledgers ?? 1); i++) {
    const ledger = new PagedLedger();
    ledger.ao = ao.id;
    ledger.id = await stage.spawn(`ledger ${i}`, ledger.answering);
    stage.ledgers.push(ledger);
  }
  const tags: Readonly<Record<string, string | undefined>> = {
    Name: "Launch",
    Deployer: team,
    Treasury: treasury,
    "Token-Process": token.id,
    "Token-Supply": "1000000",
    "Decay-Factor": "0.9",
    Duration: "10",
    "Starts-At-Timestamp": `${stage.start}`,
    "Are-Batch-Transfers-Possible": "true",
    "AO-Token": ao.id,
    Ledgers: JSON.stringify(stage.ledgers.map(({ id }) => id)),
    "PI-Process": stage.index === "" ? undefined : stage.index,
    "PI-Token-Process": stage.index === "" ? undefined : pi.id,
    ...options.launch,
  };
  const given = Object.entries(tags).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const owner = walletAddress("owner");
  stage.launch = await network.spawn({
    module: "fair-launch",
    owner,
    tags: tagsOf(Object.fromEntries(given)),
  });
  await stage.tick();
  return stage;
}
