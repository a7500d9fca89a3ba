/** What an index has around it, as stand-ins: a ledger, a factory with launches, tokens that carry out everything. */
import { walletAddress } from "../units/address.ts";
import { type ComputeMessage, type OutgoingMessage, type Tag, tagsOf, tagValue } from "../units/message.ts";
import { type LaunchAmount, launchAmounts, minted, proceeds } from "./pi-amounts.ts";
import { ao, ar, factory, holder, index, type IndexMessages, ledger, minute, pi } from "./pi-messages.ts";

const tokenActions = ["Transfer", "Batch-Transfer", "Burn", "Mint"];

export class IndexWorld {
  readonly #messages: IndexMessages;
  readonly #launches: readonly LaunchAmount[];
  #ordered = 0;

  constructor(messages: IndexMessages, launches: number) {
    this.#messages = messages;
    this.#launches = launchAmounts(launches);
  }

  /** Every asset that the index is to have. */
  get assets(): readonly string[] {
    return [ao, ar, ...this.#launches.map(({ token }) => token)];
  }

  /** What founds an index, one after the other: yield, and a basket; then prices, and the launches' tokens; then AR. */
  founding(): readonly (() => readonly ComputeMessage[])[] {
    return [
      () => [this.#messages.tick()],
      () => {
        this.#messages.now += 11 * minute;
        return [this.#messages.arPrice(), ...this.#payLaunched(), this.#messages.tick()];
      },
      () => [this.#messages.credit(ar, minted, { "X-Action": "Mint" })],
      () => [this.#messages.tick()],
    ];
  }

  /** How many messages tokens have had to carry out since this was last asked. */
  takeOrdered(): number {
    const ordered = this.#ordered;
    this.#ordered = 0;
    return ordered;
  }

  /** What comes back to the index for a message of its own. */
  answers({ Target: target = "", Tags: tags = [], Data: data }: OutgoingMessage): readonly ComputeMessage[] {
    const action = tagValue(tags, "Action") ?? "";
    if (target === index) return [this.#messages.pushed(index, tags, data)];
    if (target === ledger) return this.#fromLedger(action, tags);
    if (target === factory) return [this.#list(tags)];
    if (action === "Get-Yield-Tick-History") return [this.#tellPrice(target)];
    if (tokenActions.includes(action)) return this.#carryOut(target, action, tags);
    if (action === "Info") return [this.#describe(target)];
    return [];
  }

  /** Each launch pays the index, one of its delegators, in its own token. */
  #payLaunched(): readonly ComputeMessage[] {
    return this.#launches.map(({ launch, token, backing }) =>
      this.#messages.credit(token, backing, {}, launch),
    );
  }

  #fromLedger(action: string, tags: readonly Tag[]): readonly ComputeMessage[] {
    if (action === "Withdraw") return [this.#messages.credit(ao, proceeds, {}, ledger)];
    if (action !== "Report-Contributions") return [];
    const report = { Action: "Contribution-Report", Reference: tagValue(tags, "Reference")!, Cycle: "288" };
    const delegators = [holder, ...Array.from({ length: 9 }, (_, i) => walletAddress(`delegator ${i}`))];
    const rows = delegators.map((account, i) => `${account},${1_000_000_007 * (i + 1)}`);
    return [
      this.#messages.pushed(ledger, tagsOf({ ...report, Page: "1", Pages: "1", Paid: "0" }), rows.join("\n")),
    ];
  }

  #list(tags: readonly Tag[]): ComputeMessage {
    const items = this.#launches.map(({ launch, token }, i) => ({
      ...{ flp_id: launch, flp_token_process: token, flp_token_ticker: `T${i}`, status: "Active" },
      accumulated_qty: `${1_000_000_000 + i * 7_919}`,
    }));
    const answer = { Action: "Get-FLPs-Response", "X-Reference": tagValue(tags, "Reference")! };
    return this.#messages.pushed(factory, tagsOf(answer), JSON.stringify({ items }));
  }

  #tellPrice(launch: string): ComputeMessage {
    const { price } = this.#launches.find((each) => each.launch === launch)!;
    const row = { DistributionTick: "1", TokenPriceInAo: `${price}`, Timestamp: `${this.#messages.now}` };
    const tags = tagsOf({ Action: "Resp-Get-Yield-Tick-History" });
    return this.#messages.pushed(launch, tags, JSON.stringify([row]));
  }

  #describe(token: string): ComputeMessage {
    const facts = { Name: "Token", Ticker: "TOK", Denomination: "18", "Numbered-Transfers": "true" };
    return this.#messages.pushed(token, tagsOf({ Action: "Info-Response", ...facts }));
  }

  #carryOut(token: string, action: string, tags: readonly Tag[]): readonly ComputeMessage[] {
    this.#ordered += 1;
    const quantity = tagValue(tags, "Quantity") ?? "0";
    const travelling = Object.fromEntries(
      tags.filter(({ name }) => name.startsWith("X-")).map(({ name, value }) => [name, value]),
    );
    if (action === "Mint") {
      const response = {
        Action: "Mint-Response",
        "X-Reference": tagValue(tags, "Reference")!,
        Quantity: quantity,
      };
      return [
        this.#messages.pushed(pi, tagsOf(response)),
        this.#messages.credit(pi, quantity, travelling, index),
      ];
    }
    const notices = { "Batch-Transfer": "Batch-Debit-Notice", Burn: "Burn-Response" } as const;
    const notice = notices[action as keyof typeof notices] ?? "Debit-Notice";
    return [this.#messages.pushed(token, tagsOf({ Action: notice, Quantity: quantity, ...travelling }))];
  }
}
