/** What a deployer may change in the registry: where to read more. The launch itself keeps what it was created with. */
import { isObject, parseJson } from "../../protocol/json.ts";
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { accountOf } from "../../protocol/address.ts";
import { isRefusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { requiredTag, tagOf } from "../../protocol/tags.ts";
import { byteLength } from "../../protocol/text.ts";
import { isListed, rowOfProcess, update } from "../registry.ts";
import type { FactoryState } from "../state.ts";
import { rowJson } from "./row-json.ts";

/**
 * Website-URL, Twitter-Handle, Telegram-Handle (or Telegaram-Handle, as clients spell it), Socials (JSON), of FLP-Id: those that are given replace
 * what is there, an empty one removes it. Refused: no listed launch, not its deployer, nothing given, too long.
 */
export function updateSocials(state: FactoryState, message: Message): Outcome {
  const id = requiredTag(message, "FLP-Id");
  if (isRefusal(id)) return id;
  const row = rowOfProcess(state, id);
  if (row === undefined || !isListed(row)) return refuse("unknown-launch", "There is no launch with this id");
  if (message.account !== accountOf(row.terms.deployer))
    return refuse("not-deployer", "Only the launch's deployer can change its socials");
  const names = ["Website-URL", "Twitter-Handle", "Telegram-Handle", "Telegaram-Handle", "Socials"];
  const given: (string | false)[] = [];
  for (const name of names) {
    const text = tagOf(message, name);
    if (isRefusal(text)) return text;
    given.push(text ?? false);
  }
  const [website, twitter, telegram, telegaram, socials] = given as [Given, Given, Given, Given, Given];
  if (given.every((text) => text === false))
    return refuse("missing-tag", `Give at least one of ${names.join(", ")}`);
  if (socials !== false && socials !== "" && !isObject(parseJson(socials)))
    return refuse("invalid-socials", 'Socials must be a JSON object, such as {"Discord":"https://…"}');
  const after = {
    website: otherwise(website, row.website),
    twitter: otherwise(twitter, row.twitter),
    telegram: otherwise(telegram, otherwise(telegaram, row.telegram)),
    socials: otherwise(socials, row.socials),
  };
  const texts = [after.website, after.twitter, after.telegram, after.socials];
  if (texts.reduce((sum, text) => sum + byteLength(text), 0) > limits.termsTextBytes)
    return refuse("too-long", `All of them together must have at most ${limits.termsTextBytes} bytes`);
  row.website = after.website;
  row.twitter = after.twitter;
  row.telegram = after.telegram;
  row.socials = after.socials;
  update(state, row, message.now);
  return [reply(message, "Update-Socials-Response", [["FLP-Id", id]], rowJson(state, row))];
}

/** A tag's text; false where it is not there. */
type Given = string | false;

function otherwise(given: Given, present: string): string {
  return given === false ? present : given;
}
