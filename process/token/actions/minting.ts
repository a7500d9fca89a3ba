/** Mint, by the minter; Burn, by anyone of their own; and who the minter is. */
import { formatNatural, isZero, type Natural } from "../../math/natural.ts";
import { accountOf } from "../../protocol/address.ts";
import type { Effect, Message, Outcome, TagPair } from "../../protocol/message.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { addressTag, forwardedTags, optionalAmountTag, quantityTag } from "../../protocol/tags.ts";
import { creditNotices, readAllotment } from "../../balances/batch-transfer.ts";
import { balanceOf, burn, covers, mint } from "../../balances/book.ts";
import { remember, standingOf } from "../../balances/numbered-transfers.ts";
import { readNumber } from "../../balances/transfer-number.ts";
import { creditNotice } from "../../balances/transfer.ts";
import { mayMint, notYetMinted } from "../rules.ts";
import type { TokenState } from "../state.ts";

/**
 * Creates tokens for Recipient, or for the rows of a CSV. With X-Cumulative ("minted to this recipient so far") what
 * is still missing to that figure is created instead of Quantity, so that a message lost is made up for by the next,
 * and one repeated does nothing. Mint-Error: the sender is not the minter, or the cap would be passed.
 */
export function mintNew(state: TokenState, message: Message): Outcome {
  if (message.account !== state.minter || state.minter === "") {
    return [mintError(message, "Only the minter can mint!")];
  }
  const forwarded = forwardedTags(message);
  if (isRefusal(forwarded)) return forwarded;
  const single = message.tags.some((tag) => tag.key === "recipient");
  return single ? mintSingle(state, message, forwarded) : mintMany(state, message, forwarded);
}

function mintSingle(state: TokenState, message: Message, forwarded: readonly TagPair[]): Outcome {
  const recipient = addressTag(message, "Recipient");
  if (isRefusal(recipient)) return recipient;
  const stated = quantityTag(message, "Quantity");
  if (isRefusal(stated)) return stated;
  const cumulative = optionalAmountTag(message, "X-Cumulative");
  if (isRefusal(cumulative)) return cumulative;
  const account = accountOf(recipient);
  const quantity = cumulative === undefined ? stated : notYetMinted(state, account, cumulative);
  if (!mayMint(state, quantity)) return [mintError(message, "The cap would be exceeded!")];

  if (cumulative !== undefined && !isZero(quantity)) state.mintedTo[account] = cumulative;
  mint(state, account, quantity);
  const answer = mintResponse(state, message, quantity);
  return isZero(quantity) ? [answer] : [answer, creditNotice(message.from, recipient, quantity, forwarded)];
}

function mintMany(state: TokenState, message: Message, forwarded: readonly TagPair[]): Outcome {
  const allotment = readAllotment(message.data);
  if (isRefusal(allotment)) return allotment;
  if (!mayMint(state, allotment.total)) return [mintError(message, "The cap would be exceeded!")];
  const { recipients, quantities, total } = allotment;
  for (let i = 0; i < recipients.extent; i++) mint(state, accountOf(recipients.names[i]!), quantities[i]!);
  return [mintResponse(state, message, total), ...creditNotices(message.from, allotment, forwarded)];
}

/** Destroys Quantity of the sender's own, once where it is numbered as a transfer is. Burn-Error: too little. */
export function burnOwn(state: TokenState, message: Message): Outcome {
  const quantity = quantityTag(message, "Quantity");
  if (isRefusal(quantity)) return quantity;
  const forwarded = forwardedTags(message);
  if (isRefusal(forwarded)) return forwarded;
  const numbered = readNumber(message);
  if (isRefusal(numbered)) return numbered;
  const standing = numbered === undefined ? "new" : standingOf(state, message.account, numbered);
  if (standing === "settled") return [];
  const covered = standing === "new" && covers(state, message.account, quantity);
  if (numbered !== undefined && standing === "new") remember(state, message.account, numbered, covered);
  if (!covered && standing !== "paid") {
    return [
      reply(message, "Burn-Error", [
        ["Message-Id", message.id],
        ["Error", "Insufficient Balance!"],
        ...forwarded.filter(([name]) => name === "X-Payout"),
      ]),
    ];
  }
  if (covered) burn(state, message.account, quantity);
  return [
    reply(message, "Burn-Response", [
      ["Quantity", formatNatural(quantity)],
      ["Balance", formatNatural(balanceOf(state, message.account))],
      ["Supply", formatNatural(state.supply)],
      ...forwarded,
    ]),
  ];
}

/** Names the minter: by the owner, once. Two processes that refer to each other can't both be spawned second. */
export function setMinter(state: TokenState, message: Message): Outcome {
  if (message.account !== state.parameters.owner)
    return refuse("not-owner", "Only the owner can name the minter");
  if (state.minter !== "") return refuse("already-set", "The minter has been named and can't be changed");
  const minter = addressTag(message, "Minter");
  if (isRefusal(minter)) return minter;
  state.minter = accountOf(minter);
  return [reply(message, "Set-Minter-Response", [["Minter", minter]])];
}

function mintError(message: Message, error: string): Effect {
  return reply(message, "Mint-Error", [
    ["Message-Id", message.id],
    ["Error", error],
  ]);
}

function mintResponse(state: TokenState, message: Message, quantity: Natural): Effect {
  return reply(message, "Mint-Response", [
    ["Quantity", formatNatural(quantity)],
    ["Supply", formatNatural(state.supply)],
  ]);
}
