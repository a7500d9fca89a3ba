/** JSON as text, piece by piece: each function gives the text of one value. Members keep the order given. */
import { quotient } from "../math/integer.ts";
import { character, isPlain, replaceUnplain } from "./text.ts";

const escapes = createEscapes();

/** A string between quotes. */
export function jsonString(text: string): string {
  return isPlain(text) ? `"${text}"` : `"${replaceUnplain(text, escapes)}"`;
}

/** An object from names and the JSON text of each value. */
export function jsonObject(members: readonly (readonly [string, string])[]): string {
  const pieces: string[] = [];
  for (const [name, value] of members) pieces.push(`${jsonString(name)}:${value}`);
  return `{${pieces.join(",")}}`;
}

/** An array from the JSON text of each item. */
export function jsonArray(items: readonly string[]): string {
  return `[${items.join(",")}]`;
}

/** What stands for each character that a string can't have as it is. */
function createEscapes(): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (let code = 0; code < 32; code++) all[character(code)] = escapeOf(code);
  for (const code of [34, 92, 127]) all[character(code)] = escapeOf(code);
  return all;
}

function escapeOf(code: number): string {
  if (code === 34) return '\\"';
  if (code === 92) return "\\\\";
  if (code === 10) return "\\n";
  if (code === 13) return "\\r";
  if (code === 9) return "\\t";
  const digits = "0123456789abcdef";
  return `\\u00${digits.charAt(quotient(code, 16))}${digits.charAt(code % 16)}`;
}
