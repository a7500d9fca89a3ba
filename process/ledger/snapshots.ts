/**
 * What oracles report. A snapshot arrives in pages, which are checked and kept as text; when the last is in, it is
 * complete, and its rows come into effect: at once if they are few, else so many a message. Cycles wait meanwhile, so
 * that none is distributed on half a snapshot. A snapshot that is never completed leaves no trace.
 */
import { enrol, release, slotOf } from "../collections/register.ts";
import { add, isZero, type Natural, parseNatural, subtract, ZERO } from "../math/natural.ts";
import { accountOf } from "../protocol/address.ts";
import { visitCsv } from "../protocol/csv.ts";
import { limits } from "../protocol/limits.ts";
import { type Refusal, refuse } from "../protocol/refusal.ts";
import { applyDefault } from "./delegation.ts";
import { setQuantity } from "./stakes.ts";
import type { Holdings, LedgerState } from "./state.ts";
import { enrolWallet, forgetIfEmpty } from "./wallets.ts";

/** A page as it arrives: its place, and its rows as checked text. */
export interface SnapshotPage {
  readonly snapshot: number;
  readonly page: number;
  readonly pages: number;
  readonly mode: "full" | "delta";
  readonly text: string;
}

/** Why a page can't be taken now, if so: repeated, out of order, of an old snapshot, or too early. */
export function checkPage(token: Holdings, page: SnapshotPage): Refusal | undefined {
  const { snapshot } = token;
  if (snapshot.phase !== "idle") {
    return refuse(
      "busy",
      `Snapshot ${snapshot.complete} is coming into effect; send Tick, then this page again`,
    );
  }
  if (page.snapshot <= snapshot.complete) {
    return refuse(
      "stale-snapshot",
      `Snapshot ${snapshot.complete} is complete; a new one needs a greater number`,
    );
  }
  if (page.mode === "delta" && page.snapshot !== snapshot.complete + 1) {
    return refuse(
      "snapshot-gap",
      `A delta must follow snapshot ${snapshot.complete} directly; send a full snapshot`,
    );
  }
  const isArriving = page.snapshot === snapshot.arriving;
  if (page.snapshot < snapshot.arriving) {
    return refuse("stale-snapshot", `Pages of snapshot ${snapshot.arriving} are arriving already`);
  }
  const expected = isArriving ? snapshot.texts.length + 1 : 1;
  if (page.page !== expected) {
    return refuse(
      "page-out-of-order",
      `Page ${expected} of snapshot ${page.snapshot} is expected, not ${page.page}`,
    );
  }
  if (isArriving && (page.pages !== snapshot.pages || page.mode !== snapshot.mode)) {
    return refuse("page-out-of-order", "Pages and Mode must be the same on every page of a snapshot");
  }
  return undefined;
}

/** Takes a checked page. A newer snapshot's first page drops the unfinished one. */
export function takePage(state: LedgerState, token: Holdings, page: SnapshotPage): void {
  const { snapshot } = token;
  if (page.snapshot !== snapshot.arriving) {
    snapshot.arriving = page.snapshot;
    snapshot.pages = page.pages;
    snapshot.mode = page.mode;
    while (snapshot.texts.length > 0) snapshot.texts.pop();
  }
  snapshot.texts.push(page.text);
  if (page.page < page.pages) return;
  snapshot.complete = page.snapshot;
  snapshot.arriving = 0;
  snapshot.phase = "rows";
  snapshot.position = 0;
  bringIntoEffect(state, token);
}

/** Brings more of a complete snapshot into effect: a bounded number of rows, whole pages at a time. */
export function bringIntoEffect(state: LedgerState, token: Holdings): void {
  const { snapshot } = token;
  let rows = 0;
  while (snapshot.phase === "rows" && rows < limits.snapshotRowsPerMessage) {
    rows += applyRows(state, token, snapshot.texts[snapshot.position]!);
    snapshot.texts[snapshot.position] = "";
    snapshot.position += 1;
    if (snapshot.position === snapshot.texts.length) {
      while (snapshot.texts.length > 0) snapshot.texts.pop();
      snapshot.phase = snapshot.mode === "full" ? "sweep" : "idle";
      snapshot.position = 0;
    }
  }
  if (snapshot.phase === "sweep" && rows < limits.snapshotRowsPerMessage) sweep(state, token);
}

function applyRows(state: LedgerState, token: Holdings, text: string): number {
  let rows = 0;
  visitCsv(text, (_, wallet, amount, recipient) => {
    rows += 1;
    const source = accountOf(wallet);
    const account = recipient === undefined || recipient === "" ? source : accountOf(recipient);
    report(state, token, source, account, parseNatural(amount!)!);
    return undefined;
  });
  return rows;
}

/** What one row says: this address has so much, which is this account's. */
function report(state: LedgerState, token: Holdings, source: string, account: string, amount: Natural): void {
  const { snapshot } = token;
  if (source === account) {
    dropBridged(state, token, source);
    if (isZero(amount) && slotOf(state.wallets.register, account) === undefined) return;
    const wallet = enrolWallet(state, account);
    if (snapshot.mode === "full") snapshot.named[wallet] = snapshot.complete;
    change(state, token, wallet, directOf(token, wallet), amount);
    return;
  }
  const former = slotOf(state.wallets.register, source);
  if (former !== undefined) change(state, token, former, directOf(token, former), ZERO);
  if (snapshot.bridgedAccount[slotOf(snapshot.bridged, source) ?? -1] !== account)
    dropBridged(state, token, source);
  if (isZero(amount)) {
    dropBridged(state, token, source);
    return;
  }
  const slot = enrol(snapshot.bridged, source);
  const before = snapshot.bridgedQuantity[slot] ?? ZERO;
  snapshot.bridgedQuantity[slot] = amount;
  snapshot.bridgedAccount[slot] = account;
  snapshot.bridgedNamed[slot] = snapshot.complete;
  const wallet = enrolWallet(state, account);
  snapshot.bridgedTotal[wallet] = subtract(add(snapshot.bridgedTotal[wallet] ?? ZERO, amount), before);
  change(state, token, wallet, before, amount);
}

/** An address reported for another account's sake has nothing any more. */
function dropBridged(state: LedgerState, token: Holdings, source: string): void {
  const { snapshot } = token;
  const slot = slotOf(snapshot.bridged, source);
  if (slot === undefined) return;
  const amount = snapshot.bridgedQuantity[slot]!;
  const wallet = enrolWallet(state, snapshot.bridgedAccount[slot]!);
  snapshot.bridgedTotal[wallet] = subtract(snapshot.bridgedTotal[wallet]!, amount);
  change(state, token, wallet, amount, ZERO);
  snapshot.bridgedQuantity[slot] = ZERO;
  snapshot.bridgedAccount[slot] = "";
  release(snapshot.bridged, slot);
}

/** What an account has under its own address. */
function directOf(token: Holdings, wallet: number): Natural {
  return subtract(token.quantity[wallet] ?? ZERO, token.snapshot.bridgedTotal[wallet] ?? ZERO);
}

/** One of an account's amounts changes, and with it the sum. */
function change(state: LedgerState, token: Holdings, wallet: number, before: Natural, after: Natural): void {
  const quantity = token.quantity[wallet] ?? ZERO;
  if (isZero(quantity) && !isZero(after)) applyDefault(state, wallet);
  const sum = quantity === before ? after : subtract(add(quantity, after), before);
  setQuantity(state, token, wallet, sum);
  if (isZero(after)) forgetIfEmpty(state, wallet);
}

/** What a full snapshot does not name is gone: a bounded number of accounts and addresses at a time. */
function sweep(state: LedgerState, token: Holdings): void {
  const { snapshot } = token;
  const { names, extent } = state.wallets.register;
  const end = snapshot.position + limits.sweptPositions;
  while (snapshot.position < end) {
    const { position } = snapshot;
    if (position < extent) {
      if (names[position] !== "" && snapshot.named[position] !== snapshot.complete) {
        const direct = directOf(token, position);
        if (!isZero(direct)) change(state, token, position, direct, ZERO);
      }
    } else if (position - extent < snapshot.bridged.extent) {
      const slot = position - extent;
      const source = snapshot.bridged.names[slot]!;
      if (source !== "" && snapshot.bridgedNamed[slot] !== snapshot.complete)
        dropBridged(state, token, source);
    } else {
      snapshot.phase = "idle";
      snapshot.position = 0;
      return;
    }
    snapshot.position += 1;
  }
}
