/** The fields of a row by name: what clients read, and what a list can be sorted by. */
import { formatNatural } from "../math/natural.ts";
import { endOf } from "../terms/terms.ts";
import { isListed, REPORTED_AMOUNTS } from "./registry.ts";
import type { FactoryState, Row } from "./state.ts";
import { isDeprecated } from "./modules.ts";

/** Name and text of every field that is a string. */
export function textFields(state: FactoryState, row: Row): readonly (readonly [string, string])[] {
  const { terms, figures } = row;
  const { description } = terms;
  const id = isListed(row) ? row.process : "";
  const fields: (readonly [string, string])[] = [
    ["id", id],
    ["flp_id", id],
    ["flp_name", terms.name],
    ["status", row.status],
    ["deployer", terms.deployer],
    ["treasury", terms.treasury],
    ["flp_token_process", terms.token],
    ["flp_token_name", figures.flp_token_name!],
    ["flp_token_ticker", figures.flp_token_ticker!],
    ["flp_token_denomination", figures.flp_token_denomination!],
    ["flp_token_logo", figures.flp_token_logo!],
    ["flp_token_disclaimer", description.disclaimer],
    ["flp_short_description", description.shortText],
    ["flp_long_description", description.longText],
    ["website_url", row.website],
    ["twitter_handle", row.twitter],
    ["telegram_handle", row.telegram],
    ["socials", row.socials],
  ];
  for (const name of REPORTED_AMOUNTS) fields.push([name, figures[name]!]);
  fields.push(
    ["request_id", row.request],
    ["requested_by", row.notify],
    ["initializer", terms.initializer],
    ["failure_reason", row.failure],
    ["module", row.module],
    ["creation_fee", formatNatural(row.fee)],
  );
  fields.push(["module_deprecated", isDeprecated(state, row.module, row.code) ? "true" : "false"]);
  return fields;
}

/** Name and text of every field that is a number. */
export function numberFields({
  terms,
  created,
  updated,
  statsUpdated,
}: Row): readonly (readonly [string, string])[] {
  return [
    ["created_at_ts", `${created}`],
    ["starts_at_ts", `${terms.start}`],
    ["ends_at_ts", `${endOf(terms)}`],
    ["last_updated_at_ts", `${updated}`],
    ["stats_updated_at", `${statsUpdated}`],
    // Tokens are given out from the first period on.
    ["token_unlock_at_ts", `${terms.start}`],
    ["decay_factor", terms.decayFactor],
  ];
}

/** Every field that a list can be sorted by. */
export const SORTABLE: readonly string[] = [
  ...REPORTED_AMOUNTS,
  "created_at_ts",
  "starts_at_ts",
  "ends_at_ts",
  "last_updated_at_ts",
  "stats_updated_at",
  "token_unlock_at_ts",
  "decay_factor",
];

const FACTOR_LENGTH = 20;

/** Digits that compare as the field's value does, first by length, then as texts; "" for what is unknown. */
export function sortKey(row: Row, field: string): string {
  const figure = row.figures[field];
  if (figure !== undefined) return figure;
  switch (field) {
    case "created_at_ts":
      return `${row.created}`;
    case "ends_at_ts":
      return `${endOf(row.terms)}`;
    case "last_updated_at_ts":
      return `${row.updated}`;
    case "stats_updated_at":
      return `${row.statsUpdated}`;
    case "decay_factor":
      // Between 0 and 1: what is behind "0.", with as many places as it may have.
      return row.terms.decayFactor.substring(2) + "0".repeat(FACTOR_LENGTH - row.terms.decayFactor.length);
    default:
      return `${row.terms.start}`;
  }
}
