/** What oracles say: balances, and how much a token weighs. */
import { formatDecimalExact } from "../../math/decimal.ts";
import { isAddress } from "../../protocol/address.ts";
import { visitCsv } from "../../protocol/csv.ts";
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { isAmount, requiredTag, tagOf, wholeTag } from "../../protocol/tags.ts";
import { parseMultiplier } from "../parameters.ts";
import { checkPage, type SnapshotPage, takePage } from "../snapshots.ts";
import type { Holdings, LedgerState } from "../state.ts";

/**
 * Takes a page of a snapshot from the token's oracle: tags Token, Snapshot, Page, Pages, Mode; Data CSV
 * `wallet,amount[,recipient]`. A delta has the new amounts of the wallets that changed.
 */
export function setBalances(state: LedgerState, message: Message): Outcome {
  const token = tokenOf(state, message);
  if (isRefusal(token)) return token;
  if (message.account !== token.oracle)
    return refuse("not-oracle", "Only the token's oracle reports its balances");
  const page = readPage(message);
  if (isRefusal(page)) return page;
  const rows = checkRows(page.text);
  if (isRefusal(rows)) return rows;
  const refusal = checkPage(token, page);
  if (refusal !== undefined) return refusal;
  takePage(state, token, page);
  state.sequence += 1;
  const data = jsonObject([
    ["snapshot", `${page.snapshot}`],
    ["page", `${page.page}`],
    ["rows", `${rows}`],
  ]);
  return [reply(message, "Set-Balances-Response", [["In-Effect", inEffect(token)]], data)];
}

/** Sets a token's weight, by its oracle or the governor: tags Token, Multiplier, Version, which must grow. */
export function setMultiplier(state: LedgerState, message: Message): Outcome {
  const token = tokenOf(state, message);
  if (isRefusal(token)) return token;
  const { governor } = state.parameters;
  if (message.account !== token.oracle && (governor === "" || message.account !== governor)) {
    return refuse("not-allowed", "Only the token's oracle or the governor sets its multiplier");
  }
  const text = requiredTag(message, "Multiplier");
  if (isRefusal(text)) return text;
  const multiplier = parseMultiplier(text);
  if (multiplier === undefined) {
    return refuse("invalid-multiplier", "Multiplier must be a decimal of at most 18 places, such as 0.2");
  }
  const version = wholeTag(message, "Version");
  if (isRefusal(version)) return version;
  if (version === undefined || version <= token.multiplierVersion) {
    return refuse("stale-version", `Version must be greater than ${token.multiplierVersion}`);
  }
  token.multiplier = multiplier;
  token.multiplierVersion = version;
  state.sequence += 1;
  const data = jsonObject([
    ["token", jsonString(token.id)],
    ["multiplier", jsonString(formatDecimalExact(multiplier, 18))],
    ["version", `${version}`],
  ]);
  return [reply(message, "Set-Multiplier-Response", [], data)];
}

/** The snapshot that is in effect in full, or "coming" while a complete one is on its way. */
function inEffect(token: Holdings): string {
  return token.snapshot.phase === "idle" ? `${token.snapshot.complete}` : "coming";
}

function tokenOf(state: LedgerState, message: Message): Holdings | Refusal {
  const id = requiredTag(message, "Token");
  if (isRefusal(id)) return id;
  return (
    state.tokens.find((token) => token.id === id) ??
    refuse("unknown-token", "Token is not one of this ledger's")
  );
}

function readPage(message: Message): SnapshotPage | Refusal {
  const snapshot = wholeTag(message, "Snapshot");
  if (isRefusal(snapshot)) return snapshot;
  const page = wholeTag(message, "Page");
  if (isRefusal(page)) return page;
  const pages = wholeTag(message, "Pages");
  if (isRefusal(pages)) return pages;
  const mode = tagOf(message, "Mode");
  if (isRefusal(mode)) return mode;
  if (snapshot === undefined || snapshot === 0)
    return refuse("invalid-page", "Snapshot must be a number above 0");
  const last = pages ?? 1;
  const number = page ?? 1;
  if (number === 0 || number > last || last > limits.snapshotPages) {
    return refuse(
      "invalid-page",
      `Page must be between 1 and Pages, and Pages at most ${limits.snapshotPages}`,
    );
  }
  if (mode !== undefined && mode !== "full" && mode !== "delta") {
    return refuse("invalid-mode", "Mode must be full or delta");
  }
  if (message.data === undefined || message.data.length > limits.csvBytes) {
    return refuse("invalid-csv", `Data must be text of at most ${limits.csvBytes} bytes`);
  }
  return { snapshot, page: number, pages: last, mode: mode ?? "full", text: message.data };
}

/** How many rows a page has. Refused, with the line's number: a malformed row, too many rows. */
function checkRows(text: string): number | Refusal {
  let rows = 0;
  const refusal = visitCsv(text, (line, wallet, amount, recipient, fields) => {
    rows += 1;
    if (amount === undefined || fields > 3) {
      return refuse("invalid-csv", `Line ${line} must be wallet,amount or wallet,amount,recipient`);
    }
    if (!isAddress(wallet) || (recipient !== undefined && recipient !== "" && !isAddress(recipient))) {
      return refuse("invalid-csv", `Line ${line} has an address that is none`);
    }
    if (!isAmount(amount)) {
      return refuse(
        "invalid-csv",
        `Line ${line} has an amount that is not a whole number of at most ${limits.amountDigits} digits`,
      );
    }
    return rows > limits.csvRows
      ? refuse("invalid-csv", `A page may have at most ${limits.csvRows} rows`)
      : undefined;
  });
  return refusal ?? rows;
}
