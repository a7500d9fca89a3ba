/** Plays a history to a launch, to the world around it and to the model beside it, message by message. */
import type { NodeResult } from "../../process/host/node.ts";
import { type LaunchEvent, postOf } from "./launch-events.ts";
import type { LaunchHistory } from "./launch-history.ts";
import { LaunchModel, type ModelPayout } from "./launch-model.ts";
import { Orders } from "./launch-orders.ts";
import { places } from "./launch-setup.ts";
import { createSubject, type Standing, type Subject } from "./launch-subject.ts";
import { assets, type Order, World } from "./launch-world.ts";

export interface Figures {
  readonly info: ReadonlyMap<string, string>;
  readonly standings: ReadonlyMap<string, Standing>;
}

/** What a message was, and what it came to. */
export interface LaunchMoment {
  readonly game: Game;
  readonly event: LaunchEvent;
  readonly result: NodeResult;
  /** Whether nothing may come of it: it was sent before, or by somebody else than it says. */
  readonly isVoid: boolean;
  /** Whether the state is as it was. */
  readonly untouched: boolean;
  readonly before: Figures;
  readonly after: Figures;
  /** Orders that were given for the first time, and those that were given again. */
  readonly orders: readonly ModelPayout[];
  readonly repeated: readonly Order[];
  /** What has to go back for it. */
  readonly refund: Order | undefined;
  /** Whether a round shared out, and whether one ended. */
  readonly shared: boolean;
  readonly finished: readonly string[] | undefined;
  /** Whether the round could share out before the message, by the model. */
  readonly could: boolean;
}

export type Watch = (moment: LaunchMoment) => void;

export class Game {
  readonly history: LaunchHistory;
  readonly subject: Subject;
  readonly world: World;
  readonly model: LaunchModel;
  readonly orders: Orders;
  /** Whether the launch knows that its token numbers transfers. */
  knowsNumbers = false;
  /** Whether it ever had to count a payout as unconfirmed because it did not. */
  wasUnsure = false;
  figures: Figures;
  readonly #watch: Watch;
  /** How many messages were sent. */
  messages = 0;
  #last: { event: LaunchEvent; id: string } | undefined;

  constructor(history: LaunchHistory, watch: Watch) {
    this.history = history;
    this.subject = createSubject(history.setup);
    this.world = new World(history.setup);
    this.model = new LaunchModel(history.setup);
    this.orders = new Orders(this.model);
    this.figures = this.#read();
    this.#watch = watch;
  }

  /** Sends a message, once more the last one, or in somebody else's name. */
  deliver(wanted: LaunchEvent, sending: "plain" | "repeated" | "forged" = "plain"): void {
    const repeats = sending === "repeated" ? this.#last : undefined;
    const event = repeats?.event ?? wanted;
    const id = repeats?.id ?? `message ${++this.messages}`;
    const isCron = event.kind === "tick" && event.by === "cron";
    const isVoid = (repeats !== undefined || sending === "forged") && !isCron;
    const before = this.figures;
    const picture = this.subject.picture();
    const signer = sending === "forged" && !isCron ? { signer: places.forger } : {};
    const could = this.model.maySharing(this.subject.now());
    const result = this.subject.post({ ...postOf(event), id, ...signer });
    const refund = isVoid ? undefined : this.#apply(event);
    const [orders, repeated] = this.#take(result);
    this.figures = this.#read();
    const [shared, finished] = this.#follow();
    this.wasUnsure ||= this.figures.info.get("Unconfirmed") !== "0";
    if (result.Error === undefined) this.#last = { event, id };
    const untouched = picture === this.subject.picture();
    const outcome = { result, isVoid, untouched, orders, repeated, refund, shared, finished, could };
    this.#watch({ game: this, event, before, after: this.figures, ...outcome });
  }

  /** Whether shares are being worked out or paid, over several messages. */
  isBusy(): boolean {
    return this.model.round?.sharing === true;
  }

  #read(): Figures {
    return { info: this.subject.info(), standings: this.subject.standings() };
  }

  /** What the model makes of a message; an order that must go back for it. */
  #apply(event: LaunchEvent): Order | undefined {
    const { orders, subject } = this;
    const incomes = assets.map((asset) => orders.income(asset));
    const refund = this.#carryOut(event, subject.now());
    assets.forEach((asset, i) => {
      if (orders.income(asset) !== incomes[i]) this.world.epochs[asset] += 1;
    });
    return refund;
  }

  #carryOut(event: LaunchEvent, now: number): Order | undefined {
    const { model, orders, world, history } = this;
    switch (event.kind) {
      case "tick":
        if (event.by === "itself" && world.selfTicks > 0) world.selfTicks -= 1;
        model.notice(now);
        return undefined;
      case "credit":
        return this.#credit(event, now);
      case "report":
        model.report(event.page);
        return undefined;
      case "outcome":
        orders.close(event.asset, event.number, event.paid);
        return undefined;
      case "balance": {
        // While a funding is looked for the token is asked too: an answer decides nothing as long as a transfer can be sent again.
        const { asset, epoch } = event.question;
        const aside = BigInt(this.figures.info.get("Unconfirmed")!);
        const isAside = asset !== "token" || aside === orders.openQuantity("token");
        if (isAside && epoch === world.epochs[asset]) orders.decide(asset, event.amount);
        return undefined;
      }
      case "facts":
        if (event.supply !== undefined && !model.isOver()) model.supply ??= event.supply;
        if (event.described) this.knowsNumbers = history.setup.numbered;
        return undefined;
      case "cancel":
        if (event.from === places.deployer && !model.isOver() && now < model.start) model.cancel();
        return undefined;
      // What these come to shows in the orders that follow.
      case "void report":
      case "claim":
      case "withdraw":
        return undefined;
    }
  }

  /** Tokens that came: what they are, and what goes back of them. */
  #credit(event: Extract<LaunchEvent, { kind: "credit" }>, now: number): Order | undefined {
    const { model } = this;
    const { asset, sender, quantity, words } = event;
    const hasIndex = model.setup.indexPercent !== "";
    const ledger = places.ledgers.slice(0, model.setup.ledgers).indexOf(sender);
    const isIndex = hasIndex && sender === places.index;
    let used: boolean;
    if (asset === "token") used = model.fund(sender, quantity, words, now);
    else if (asset === "ao" && ledger >= 0) {
      model.proceeds(ledger, quantity);
      used = true;
    } else if (asset === "ao" && isIndex) {
      model.ao.cameBack += quantity;
      model.ao.waiting += quantity;
      used = true;
    } else if (asset === "ao") used = model.contribute(sender, quantity, words, now);
    else if (asset === "pi" && isIndex) {
      model.pi.received += quantity;
      model.pi.waiting += quantity;
      used = true;
    } else {
      used = false;
      if (asset === "pi" && hasIndex) model.pi.foreign += quantity;
    }
    if (used || words === "Refund") return undefined;
    return {
      asset: asset ?? "token",
      number: 0,
      recipient: sender,
      quantity,
      rows: undefined,
      action: "Refund",
    };
  }

  #take(result: NodeResult): readonly [ModelPayout[], Order[]] {
    const orders: ModelPayout[] = [];
    const repeated: Order[] = [];
    for (const order of this.world.take(result.Messages)) {
      const payout = this.orders.take(order);
      if (payout === undefined) repeated.push(order);
      else orders.push(payout);
    }
    return [orders, repeated];
  }

  /** Tells the model when a round has shared out and when it was over. */
  #follow(): readonly [boolean, readonly string[] | undefined] {
    const { model } = this;
    const phase = this.figures.info.get("Round-Phase");
    let shared = false;
    if (model.round !== undefined && !model.round.sharing && phase !== "collecting") {
      model.share();
      shared = true;
    }
    if (model.round?.sharing !== true || phase !== "idle") return [shared, undefined];
    const { participants } = model.round;
    model.finish();
    return [shared, participants];
  }
}
