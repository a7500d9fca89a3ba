/** The terms of a fair launch from the tags of `Create-FLP`, or from the spawn tags that `termsTags` wrote. */
import { parseDecimal } from "../math/decimal.ts";
import { power10 } from "../math/multiplication.ts";
import { compare, isZero, type Natural } from "../math/natural.ts";
import { isAddress } from "../protocol/address.ts";
import { limits } from "../protocol/limits.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import {
  addressTag,
  malformedAmount,
  notAnAddress,
  parseAmount,
  requiredTag,
  type Tagged,
} from "../protocol/tags.ts";
import { byteLength } from "../protocol/text.ts";
import { readDecayFactor } from "./decay-factor.ts";
import { SHARE_PLACES, type Size, type Terms } from "./terms.ts";
import { readTexts, textLength, textTag } from "./texts.ts";
import { readPeriods, readStart } from "./times.ts";

/** What counts where a request says nothing. */
export interface TermsDefaults {
  /** Who asks: deployer and initializer, unless others are named. */
  readonly sender: string;
  /** Periods of a launch that names neither Duration nor Ends-At-Timestamp. */
  readonly periods: number;
}

/**
 * The terms that tags spell. Refused, with what is allowed: a tag missing, malformed, out of its bounds, given twice, or at odds with another
 * one; texts that would not fit the tags of a spawn.
 */
export function readTerms(tagged: Tagged, defaults: TermsDefaults): Terms | Refusal {
  const name = requiredTag(tagged, "Name");
  if (isRefusal(name)) return name;
  const treasury = addressTag(tagged, "Treasury");
  if (isRefusal(treasury)) return treasury;
  const token = addressTag(tagged, "Token-Process");
  if (isRefusal(token)) return token;
  const size = readSize(tagged);
  if (isRefusal(size)) return size;
  const start = readStart(tagged);
  if (isRefusal(start)) return start;
  const periods = readPeriods(tagged, start, defaults.periods);
  if (isRefusal(periods)) return periods;
  const factor = requiredTag(tagged, "Decay-Factor");
  if (isRefusal(factor)) return factor;
  const decayFactor = readDecayFactor(factor, periods);
  if (isRefusal(decayFactor)) return decayFactor;
  const deployer = addressOr(tagged, "Deployer", defaults.sender);
  if (isRefusal(deployer)) return deployer;
  const initializer = addressOr(tagged, "Initializer", defaults.sender);
  if (isRefusal(initializer)) return initializer;
  const batchTransfers = readFlag(tagged, "Are-Batch-Transfers-Possible");
  if (isRefusal(batchTransfers)) return batchTransfers;
  const texts = readTexts(tagged);
  if (isRefusal(texts)) return texts;
  const length = textLength(texts) + byteLength(name);
  if (length > limits.termsTextBytes) {
    return refuse(
      "too-long",
      `Name and descriptions together must have at most ${limits.termsTextBytes} bytes; these have ${length}`,
    );
  }
  const core = { name, deployer, initializer, treasury, token, size, decayFactor, periods, start };
  return { ...core, batchTransfers, ...texts };
}

/** Token-Supply in smallest units or in percent, or Token-Share in percent. */
export function readSize(tagged: Tagged): Size | Refusal {
  const supply = textTag(tagged, "Token-Supply");
  if (isRefusal(supply)) return supply;
  const share = textTag(tagged, "Token-Share");
  if (isRefusal(share)) return share;
  if (supply !== "" && share !== "")
    return refuse("contradiction", "Give either Token-Supply or Token-Share, not both");
  if (supply === "" && share === "") return refuse("missing-tag", "Token-Supply is required!");
  if (share !== "" || supply.endsWith("%")) return readShare(share === "" ? supply : share);
  const amount = parseAmount(supply);
  if (amount === undefined) {
    return refuse("invalid-quantity", `${malformedAmount("Token-Supply")}, or a share such as 10%`);
  }
  return isZero(amount)
    ? refuse("zero-quantity", "Token-Supply must be greater than 0")
    : { kind: "amount", amount };
}

function readShare(text: string): Size | Refusal {
  const digits = text.endsWith("%") ? text.substring(0, text.length - 1) : text;
  const percent = parseDecimal(digits, SHARE_PLACES);
  if (percent === undefined || isZero(percent) || compare(percent, hundredPercent()) > 0) {
    return refuse(
      "invalid-share",
      `A share must be a percentage above 0 and up to 100, with at most ${SHARE_PLACES} places, such as 10% or 12.5`,
    );
  }
  return { kind: "share", percent };
}

function hundredPercent(): Natural {
  return power10(SHARE_PLACES + 2);
}

function addressOr(tagged: Tagged, name: string, other: string): string | Refusal {
  const text = textTag(tagged, name);
  if (isRefusal(text) || text === "") return text === "" ? other : text;
  return isAddress(text) ? text : refuse("invalid-address", notAnAddress(name));
}

/** True or false, false where the tag is missing or empty. Refused: anything else. */
export function readFlag(tagged: Tagged, name: string): boolean | Refusal {
  const text = textTag(tagged, name);
  if (isRefusal(text)) return text;
  if (text !== "" && text !== "true" && text !== "false")
    return refuse("invalid-flag", `${name} must be true or false`);
  return text === "true";
}
