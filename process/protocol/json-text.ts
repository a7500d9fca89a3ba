/** JSON as text, piece by piece: each function gives the text of one value. Members keep the order given. */
import { quotient } from "../math/integer.ts";
import { isPlain } from "./text.ts";

/** A string between quotes. */
export function jsonString(text: string): string {
  return isPlain(text) ? `"${text}"` : `"${escape(text)}"`;
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

function escape(text: string): string {
  const pieces: string[] = [];
  let clean = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || code === 127) {
      pieces.push(text.substring(clean, i));
      pieces.push(escapeOf(code));
      clean = i + 1;
    }
  }
  pieces.push(text.substring(clean));
  return pieces.join("");
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
