/** What a draft comes to, as things stand: messages to the launch, or things that happen elsewhere. */
import type { LaunchEvent } from "./launch-events.ts";
import { reportOf } from "./launch-events.ts";
import type { LaunchDraft, LaunchHistory, LaunchStep } from "./launch-history.ts";
import { Game, type Watch } from "./launch-play.ts";
import { people, places } from "./launch-setup.ts";
import { type Asset, assets, type ReportPage, type Vault } from "./launch-world.ts";

/** Plays a history from its first step to its last. */
export function playLaunch(history: LaunchHistory, watch: Watch): Game {
  const game = new Game(history, watch);
  begin(game);
  for (const step of history.steps) {
    game.subject.wait(step.wait);
    perform(game, step.draft, step.sending);
  }
  return game;
}

function begin(game: Game): void {
  const { prelude } = game.history;
  game.deliver({ kind: "tick", by: "stranger" });
  if (prelude === "nothing") return;
  tellFacts(game);
  const quantity = game.model.allocation()!;
  if (prelude !== "facts and funding" || quantity === 0n) return;
  credit(game, "token", places.team, quantity, "Initialize-FLP");
}

/** The token's true answers to the launch's first questions. */
export function tellFacts(game: Game): void {
  for (const kind of ["supply", "info"] as const) game.deliver(factsOf(game.history, kind));
}

export function person({ crowd }: LaunchHistory, index: number): string {
  return people[index % crowd]!;
}

/** Tokens that somebody sends to the launch. */
export function credit(
  game: Game,
  asset: Asset | undefined,
  sender: string,
  quantity: bigint,
  words?: string,
  sending: LaunchStep["sending"] = "plain",
): void {
  const event: LaunchEvent = { kind: "credit", asset, sender, quantity, words };
  const isKnown = asset !== undefined && (asset !== "pi" || game.history.setup.indexPercent !== "");
  if (sending === "plain" && isKnown) game.world.vaults[asset].balance += quantity;
  game.deliver(event, sending);
}

export function perform(game: Game, draft: LaunchDraft, sending: LaunchStep["sending"] = "plain"): void {
  const { world, history, model } = game;
  const ledgerOf = (index: number) => world.ledgers[index % world.ledgers.length]!;
  switch (draft.act) {
    case "tick":
      return game.deliver({ kind: "tick", by: draft.by }, sending);
    case "fund": {
      const exact = model.allocation() ?? 1_000n;
      const quantity = { exact, over: exact + 1n, under: exact - 1n, dust: 1n, huge: exact * 2n }[
        draft.quantity
      ];
      const sender = draft.by % 3 === 0 ? places.team : person(history, draft.by);
      if (quantity <= 0n || `${quantity}`.length > 38) return;
      return credit(game, "token", sender, quantity, draft.words, sending);
    }
    case "foreign":
      return credit(game, undefined, person(history, draft.by), draft.quantity, draft.words, sending);
    case "send AO":
      return credit(game, "ao", person(history, draft.by), draft.quantity, draft.words, sending);
    case "proceeds": {
      const ledger = ledgerOf(draft.ledger);
      if (sending !== "plain") return;
      ledger.paid += draft.quantity;
      if (draft.lost) world.vaults.ao.balance += draft.quantity;
      else credit(game, "ao", places.ledgers[world.ledgers.indexOf(ledger)]!, draft.quantity);
      return;
    }
    case "AO back":
      return credit(game, "ao", places.index, draft.quantity, undefined, sending);
    case "PI":
      return credit(game, "pi", places[draft.by], draft.quantity, undefined, sending);
    case "contribute": {
      const { contributed } = ledgerOf(draft.ledger);
      const account = person(history, draft.by);
      contributed.set(account, (contributed.get(account) ?? 0n) + draft.quantity);
      return;
    }
    case "report":
      return report(game, draft.ledger % world.ledgers.length, draft.turn, sending);
    case "false report":
      return game.deliver(falseReport(game, draft.ledger % world.ledgers.length, draft.kind), sending);
    case "answer":
      return answer(game, draft.asset, draft.which, draft.fate, sending);
    case "old answer": {
      if (game.orders.known(draft.asset, draft.number) !== undefined) {
        const result = world.vaults[draft.asset].results.get(draft.number);
        if (result === undefined) return;
        return game.deliver(
          { kind: "outcome", asset: draft.asset, number: draft.number, paid: result },
          sending,
        );
      }
      const { asset, number, paid } = draft;
      return game.deliver({ kind: "outcome", asset, number, paid }, sending);
    }
    case "balance":
      return tellBalance(game, draft.asset, draft.which, draft.stale, sending);
    case "facts":
      return game.deliver(factsOf(history, draft.kind), sending);
    case "claim": {
      const others = [places.team, places.treasury];
      const account = others[draft.for - 9] ?? person(history, draft.for);
      const from = draft.by % 3 === 0 ? places.stranger : person(history, draft.by);
      return game.deliver({ kind: "claim", from, account: from === account ? undefined : account }, sending);
    }
    case "withdraw":
      return game.deliver({ kind: "withdraw", asset: draft.asset, from: places[draft.by] }, sending);
    case "cancel":
      return game.deliver({ kind: "cancel", from: places[draft.by] }, sending);
    case "round":
      return wholeRound(game);
  }
}

/** A tick, all reports, and whatever comes of them, as it ought to be. */
export function wholeRound(game: Game): void {
  game.deliver({ kind: "tick", by: "stranger" });
  for (let turn = 0; turn < 50; turn++) {
    const { world } = game;
    const mail = world.ledgers.flatMap((ledger) => ledger.mail.splice(0));
    for (const page of mail) game.deliver({ kind: "report", page });
    for (const asset of assets) {
      const waiting = world.vaults[asset].orders.length;
      for (let i = 0; i < waiting; i++) answer(game, asset, 0, "paid");
    }
    if (world.selfTicks === 0 && mail.length === 0) return;
    if (world.selfTicks > 0) game.deliver({ kind: "tick", by: "itself" });
  }
  throw new Error("a round has no end");
}

function report(
  game: Game,
  place: number,
  turn: Extract<LaunchDraft, { act: "report" }>["turn"],
  sending: LaunchStep["sending"],
): void {
  const ledger = game.world.ledgers[place]!;
  const send = (page: ReportPage | undefined): void => {
    if (page !== undefined) game.deliver({ kind: "report", page }, sending);
  };
  if (turn === "lost") ledger.mail.shift();
  else if (turn === "again") send(ledger.mail[0]);
  else if (turn === "last") send(ledger.mail.pop());
  else if (turn === "next") send(ledger.mail.shift());
  else while (ledger.mail.length > 0) send(ledger.mail.shift());
}

/** Pages of which no row may count. */
function falseReport(
  game: Game,
  place: number,
  kind: Extract<LaunchDraft, { act: "false report" }>["kind"],
): LaunchEvent {
  const { world, history, model } = game;
  const account = person(history, 0);
  const known = world.ledgers[place]!.contributed.get(account) ?? 0n;
  const reference = `${model.rounds}`;
  const more = { ledger: place, reference, page: 1, pages: 3, next: undefined, paid: 0n };
  const lie = reportOf({ ...more, rows: [[account, known + 10n ** 20n]] });
  const from = places.ledgers[place]!;
  switch (kind) {
    case "stranger":
      return { kind: "void report", from: places.index, ...lie };
    case "other round":
      return {
        kind: "void report",
        from,
        tags: { ...lie.tags, Reference: `${model.rounds + 1}` },
        data: lie.data,
      };
    case "less":
      return { kind: "void report", from, tags: { ...lie.tags, Page: "0" }, data: `${account},0` };
    case "malformed": {
      const rows = [
        `${account},-5`,
        `${account},1e9`,
        `${account}`,
        `,5`,
        `nobody,7`,
        `${account},${"9".repeat(39)}`,
      ];
      return { kind: "void report", from, tags: { ...lie.tags, Page: "x" }, data: rows.join("\n") };
    }
    case "no page":
      return { kind: "void report", from, tags: { ...lie.tags, Pages: "" }, data: lie.data };
  }
}

/** A token carries out one of the orders that wait, or not; and says so, or not. */
export function answer(
  game: Game,
  asset: Asset,
  which: number,
  fate: Extract<LaunchDraft, { act: "answer" }>["fate"],
  sending: LaunchStep["sending"] = "plain",
): void {
  const vault: Vault = game.world.vaults[asset];
  if (vault.orders.length === 0 || sending !== "plain") return;
  const [order] = vault.orders.splice(which % vault.orders.length, 1);
  if (order === undefined || fate === "lost") return;
  const paid = vault.carryOut(order, fate !== "refused");
  const event: LaunchEvent = { kind: "outcome", asset, number: order.number, paid };
  if (fate === "paid unheard") return;
  game.deliver(event);
  if (fate === "paid, told twice") game.deliver(event);
}

function tellBalance(
  game: Game,
  asset: Asset,
  which: number,
  stale: boolean,
  sending: LaunchStep["sending"],
): void {
  const vault = game.world.vaults[asset];
  const question = vault.questions.at(-1 - (which % Math.max(1, vault.questions.length)));
  if (question === undefined) return;
  // An answer tells what was when it was asked for, or what is at the moment.
  const amount = stale ? question.amount : vault.balance;
  game.deliver({ kind: "balance", question, amount }, sending);
}

function factsOf(
  { setup }: LaunchHistory,
  kind: Extract<LaunchDraft, { act: "facts" }>["kind"],
): Extract<LaunchEvent, { kind: "facts" }> {
  const from = kind === "stranger" ? places.foreign : places.token;
  const info = { Name: "Ocean", Ticker: "OCN", Denomination: "6", Logo: "" };
  const base = { kind: "facts" as const, from, data: "", supply: undefined, described: false };
  switch (kind) {
    case "supply":
    case "stranger": {
      const counts = kind === "supply" ? { supply: setup.supply } : {};
      return { ...base, tags: { Action: "Total-Supply", Ticker: "OCN" }, data: `${setup.supply}`, ...counts };
    }
    case "info":
      return {
        ...base,
        tags: { Action: "Info-Response", ...info, "Numbered-Transfers": `${setup.numbered}` },
        described: true,
      };
    case "lie":
      return {
        ...base,
        tags: {
          Action: "Info-Response",
          ...info,
          Ticker: "T".repeat(5_000),
          Denomination: "-1",
          Supply: "9".repeat(39),
        },
      };
  }
}
