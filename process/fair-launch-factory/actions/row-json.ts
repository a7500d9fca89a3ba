/** Rows as clients read them. */
import { jsonObject, jsonString } from "../../protocol/json-text.ts";
import { numberFields, textFields } from "../fields.ts";
import type { FactoryState, Row } from "../state.ts";

/** A row with all its fields: strings, then numbers. */
export function rowJson(state: FactoryState, row: Row): string {
  return jsonObject([
    ...textFields(state, row).map(([name, text]) => [name, jsonString(text)] as const),
    ...numberFields(row),
  ]);
}
