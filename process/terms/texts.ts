/** What a launch tells about itself and its token. */
import { isObject, parseJson } from "../protocol/json.ts";
import { isRefusal, type Refusal, refuse } from "../protocol/refusal.ts";
import { isWhole, type Tagged, tagOf } from "../protocol/tags.ts";
import { byteLength } from "../protocol/text.ts";
import type { Terms } from "./terms.ts";

export type Texts = Pick<Terms, "description" | "claimed">;

const NAMES = [
  "Short-Description",
  "Long-Description",
  "Website-URL",
  "Twitter-Handle",
  "Telegram-Handle",
  // So spelled by clients.
  "Telegaram-Handle",
  "Socials",
  "Token-Disclaimer",
  "Token-Name",
  "Token-Ticker",
  "Token-Denomination",
  "Token-Logo",
];

/** Refused: one of the tags given twice, Socials that are no JSON object, a denomination that is no number. */
export function readTexts(tagged: Tagged): Texts | Refusal {
  const texts: string[] = [];
  for (const name of NAMES) {
    const text = textTag(tagged, name);
    if (isRefusal(text)) return text;
    texts.push(text);
  }
  const [shortText, longText, website, twitter, telegram, telegaram, socials] = texts as Seven;
  const [disclaimer, name, ticker, denomination, logo] = texts.slice(7) as Five;
  if (socials !== "" && !isObject(parseJson(socials)))
    return refuse("invalid-socials", 'Socials must be a JSON object, such as {"Discord":"https://…"}');
  if (denomination !== "" && !isWhole(denomination))
    return refuse("invalid-number", "Token-Denomination must be a whole number");
  const handle = telegram === "" ? telegaram : telegram;
  return {
    description: { shortText, longText, website, twitter, telegram: handle, socials, disclaimer },
    claimed: { name, ticker, denomination, logo },
  };
}

type Seven = [string, string, string, string, string, string, string];
type Five = [string, string, string, string, string];

/** Bytes of all texts together. */
export function textLength({ description, claimed }: Texts): number {
  const { shortText, longText, website, twitter, telegram, socials, disclaimer } = description;
  const { name, ticker, denomination, logo } = claimed;
  const first = [shortText, longText, website, twitter, telegram, socials, disclaimer];
  return [...first, name, ticker, denomination, logo].reduce((sum, text) => sum + byteLength(text), 0);
}

/** A tag's text, "" without it. Refused: given twice. */
export function textTag(tagged: Tagged, name: string): string | Refusal {
  return tagOf(tagged, name) ?? "";
}
