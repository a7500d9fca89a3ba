/**
 * Reading tags, of messages and of parameters. A name is given in its documented spelling and compared without case. A tag that is read and occurs
 * twice is refused: runtimes disagree on which of the two counts.
 */
import { type Natural, isZero, parseNatural } from "../math/natural.ts";
import { fromDigits } from "../math/integer.ts";
import { accountOf, isAddress } from "./address.ts";
import { limits } from "./limits.ts";
import type { ReceivedTag, TagPair } from "./message.ts";
import { type Refusal, isRefusal, refuse } from "./refusal.ts";
import { isDigits, lowerCase } from "./text.ts";

/** Whatever has tags: a message, or the environment, whose tags are the process's parameters. */
export interface Tagged {
  readonly tags: readonly ReceivedTag[];
}

/** The value of a tag, or undefined when the message has none. Refused: the tag occurs twice. */
export function tagOf(tagged: Tagged, name: string): string | undefined | Refusal {
  const key = lowerCase(name);
  let value: string | undefined;
  for (const tag of tagged.tags) {
    if (tag.key === key) {
      if (value !== undefined) return refuse("duplicate-tag", `${name} is given twice`);
      value = tag.value;
    }
  }
  return value;
}

/** A tag of another process's answer. Many give it in two spellings, which then must say the same; else it is undefined. */
export function agreedTag(tagged: Tagged, name: string): string | undefined {
  const key = lowerCase(name);
  let value: string | undefined;
  for (const tag of tagged.tags) {
    if (tag.key === key) {
      if (value !== undefined && value !== tag.value) return undefined;
      value = tag.value;
    }
  }
  return value;
}

/** The value of a tag that must be there and not empty. Refused otherwise, with `Name is required!`. */
export function requiredTag(tagged: Tagged, name: string): string | Refusal {
  const value = tagOf(tagged, name);
  return value === undefined || value === "" ? refuse("missing-tag", `${name} is required!`) : value;
}

/** An amount greater than zero. Refused: absent, zero, or not a canonical decimal of at most 38 digits. */
export function quantityTag(tagged: Tagged, name: string): Natural | Refusal {
  const text = requiredTag(tagged, name);
  return isRefusal(text) ? text : positiveAmount(name, text);
}

/** An amount greater than zero from a text. Refused as `quantityTag` does. */
export function positiveAmount(name: string, text: string): Natural | Refusal {
  const amount = parseAmount(text);
  if (amount === undefined) return refuse("invalid-quantity", malformedAmount(name));
  if (isZero(amount)) return refuse("zero-quantity", `${name} must be greater than 0`);
  return amount;
}

/** An amount of at most 38 digits in canonical decimal (`0` or `[1-9][0-9]*`), or undefined. */
export function parseAmount(text: string): Natural | undefined {
  return text.length > limits.amountDigits ? undefined : parseNatural(text);
}

/** Whether `parseAmount` reads the text. */
export function isAmount(text: string): boolean {
  return text.length <= limits.amountDigits && isDigits(text) && (text.length === 1 || !text.startsWith("0"));
}

/** What is said of an amount that is none. */
export function malformedAmount(name: string): string {
  return `${name} must be a whole number of smallest units: digits only, no sign, no leading zero, at most ${limits.amountDigits} digits`;
}

/** A whole number below 10^15, or undefined when the tag is absent or empty. Refused: anything else. */
export function wholeTag(tagged: Tagged, name: string): number | undefined | Refusal {
  const text = tagOf(tagged, name);
  if (text === undefined || text === "") return undefined;
  if (isRefusal(text)) return text;
  if (!isWhole(text))
    return refuse("invalid-number", `${name} must be a whole number: digits only, no leading zero`);
  return fromDigits(text);
}

/** Whether the text is a canonical whole number below 10^15. */
export function isWhole(text: string): boolean {
  return isDigits(text) && text.length <= 15 && (text.length === 1 || !text.startsWith("0"));
}

/** An address. Refused: absent, or not an address. */
export function addressTag(tagged: Tagged, name: string): string | Refusal {
  const text = requiredTag(tagged, name);
  if (isRefusal(text)) return text;
  return isAddress(text) ? text : refuse("invalid-address", notAnAddress(name));
}

/** What is said of an address that is none. */
export function notAnAddress(name: string): string {
  return `${name} must be an address: 43 characters of base64url, or 0x and 40 hexadecimal digits`;
}

/** The account of an optional address, or undefined where the tag is absent or empty. Refused: not an address. */
export function optionalAccountTag(tagged: Tagged, name: string): string | undefined | Refusal {
  const text = tagOf(tagged, name);
  if (text === undefined || text === "" || isRefusal(text)) return text === "" ? undefined : text;
  return isAddress(text) ? accountOf(text) : refuse("invalid-address", notAnAddress(name));
}

/** An optional amount, zero allowed, or undefined where the tag is absent. Refused: malformed. */
export function optionalAmountTag(tagged: Tagged, name: string): Natural | undefined | Refusal {
  const text = tagOf(tagged, name);
  if (text === undefined || isRefusal(text)) return text;
  return parseAmount(text) ?? refuse("invalid-quantity", malformedAmount(name));
}

/** The tags whose names start with `X-`, which travel on with a transfer. Refused: one of them occurs twice. */
export function forwardedTags(tagged: Tagged): readonly TagPair[] | Refusal {
  const forwarded: TagPair[] = [];
  for (const tag of tagged.tags) {
    if (tag.key.startsWith("x-")) {
      const value = tagOf(tagged, tag.key);
      if (isRefusal(value)) return value;
      forwarded.push([tag.name, tag.value]);
    }
  }
  return forwarded;
}
