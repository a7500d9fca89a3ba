/** Tags that hold a list of ids. */
import { isAddress } from "./address.ts";
import { itemsOf, parseJson, stringOf } from "./json.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import { type Tagged, tagOf } from "./tags.ts";

/** A JSON array of different addresses, empty where the tag is absent or empty. Refused: anything else. */
export function optionalIdsTag(tagged: Tagged, name: string): readonly string[] | Refusal {
  const text = tagOf(tagged, name);
  if (isRefusal(text)) return text;
  const ids: string[] = [];
  const items = itemsOf(parseJson(text === undefined || text === "" ? "[]" : text));
  if (items === undefined) return refuse("invalid-ids", `${name} must be a JSON array of ids`);
  for (const item of items) {
    const id = stringOf(item);
    if (id === undefined || !isAddress(id) || ids.includes(id))
      return refuse("invalid-ids", `${name} must be a JSON array of different ids, such as ["…"]`);
    ids.push(id);
  }
  return ids;
}
