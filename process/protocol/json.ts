/**
 * JSON without floating point: numbers stay the text that spelled them, objects keep the order and the repetition of
 * their members. Malformed text gives undefined, never an error that escapes.
 */
import { fromDigits } from "../math/integer.ts";
import { limits } from "./limits.ts";
import { character, isDigits, isHexadecimal, lowerCase } from "./text.ts";

export interface Member {
  readonly name: string;
  readonly value: Json;
}

export type Json =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "array"; readonly items: readonly Json[] }
  | { readonly kind: "object"; readonly members: readonly Member[] };

/** Where the reader stands; -1 once the text has proved malformed. */
interface Reader {
  readonly text: string;
  readonly length: number;
  position: number;
}

/** The value that the text spells, or undefined when it is not JSON or nested deeper than the limit. */
export function parseJson(text: string): Json | undefined {
  const reader = { text, length: text.length, position: 0 };
  const value = readValue(reader, 0);
  skipSpace(reader);
  return reader.position === reader.length ? value : undefined;
}

/** The member of an object with this name; undefined when there is none, or more than one. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (value === undefined || value.kind !== "object") return undefined;
  let found: Json | undefined;
  for (const member of value.members) {
    if (member.name === name) {
      if (found !== undefined) return undefined;
      found = member.value;
    }
  }
  return found;
}

/** The text of a string, or undefined for anything else. */
export function stringOf(value: Json | undefined): string | undefined {
  return value !== undefined && value.kind === "string" ? value.text : undefined;
}

/** The items of an array, or undefined for anything else. */
export function itemsOf(value: Json | undefined): readonly Json[] | undefined {
  return value !== undefined && value.kind === "array" ? value.items : undefined;
}

function readValue(reader: Reader, depth: number): Json | undefined {
  skipSpace(reader);
  const first = reader.text.charAt(reader.position);
  if (first === '"') {
    const text = readString(reader);
    return text === undefined ? undefined : { kind: "string", text };
  }
  if (first === "{" || first === "[") {
    if (depth === limits.jsonDepth) return fail(reader);
    reader.position += 1;
    return first === "{" ? readObject(reader, depth + 1) : readArray(reader, depth + 1);
  }
  if (accept(reader, "true")) return { kind: "boolean", value: true };
  if (accept(reader, "false")) return { kind: "boolean", value: false };
  if (accept(reader, "null")) return { kind: "null" };
  return readNumber(reader);
}

function readObject(reader: Reader, depth: number): Json | undefined {
  const members: Member[] = [];
  skipSpace(reader);
  if (accept(reader, "}")) return { kind: "object", members };
  while (reader.position >= 0) {
    skipSpace(reader);
    const name = readString(reader);
    skipSpace(reader);
    if (name === undefined || !accept(reader, ":")) return fail(reader);
    const value = readValue(reader, depth);
    if (value === undefined) return undefined;
    members.push({ name, value });
    skipSpace(reader);
    if (accept(reader, "}")) return { kind: "object", members };
    if (!accept(reader, ",")) return fail(reader);
  }
  return undefined;
}

function readArray(reader: Reader, depth: number): Json | undefined {
  const items: Json[] = [];
  skipSpace(reader);
  if (accept(reader, "]")) return { kind: "array", items };
  while (reader.position >= 0) {
    const value = readValue(reader, depth);
    if (value === undefined) return undefined;
    items.push(value);
    skipSpace(reader);
    if (accept(reader, "]")) return { kind: "array", items };
    if (!accept(reader, ",")) return fail(reader);
  }
  return undefined;
}

/** Takes whole runs between escapes at once: Data of a megabyte comes through here. */
function readString(reader: Reader): string | undefined {
  if (!accept(reader, '"')) return fail(reader);
  const { text } = reader;
  const pieces: string[] = [];
  let quote = text.indexOf('"', reader.position);
  let escape = text.indexOf("\\", reader.position);
  while (quote >= 0) {
    if (escape < 0 || quote < escape) {
      pieces.push(text.substring(reader.position, quote));
      reader.position = quote + 1;
      return pieces.length === 1 ? pieces[0] : pieces.join("");
    }
    pieces.push(text.substring(reader.position, escape));
    reader.position = escape + 1;
    const escaped = readEscape(reader);
    if (escaped === undefined) return undefined;
    pieces.push(escaped);
    if (quote < reader.position) quote = text.indexOf('"', reader.position);
    escape = text.indexOf("\\", reader.position);
  }
  return fail(reader);
}

function readEscape(reader: Reader): string | undefined {
  const letter = reader.text.charAt(reader.position);
  reader.position += 1;
  if (letter === "n") return "\n";
  if (letter === '"' || letter === "\\" || letter === "/") return letter;
  if (letter === "r") return "\r";
  if (letter === "t") return "\t";
  if (letter === "b") return "\b";
  if (letter === "f") return "\f";
  if (letter !== "u") return fail(reader);
  const unit = readHexadecimal(reader);
  if (unit === undefined) return undefined;
  if (unit < 0xd800 || unit > 0xdfff) return character(unit);
  // A character beyond U+FFFF is spelled as two halves; half a character is no text.
  if (unit > 0xdbff || !accept(reader, "\\u")) return fail(reader);
  const low = readHexadecimal(reader);
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return fail(reader);
  return character((unit - 0xd800) * 1024 + (low - 0xdc00) + 0x10000);
}

function readHexadecimal(reader: Reader): number | undefined {
  const digits = reader.text.substring(reader.position, reader.position + 4);
  if (digits.length !== 4 || !isHexadecimal(digits)) return fail(reader);
  reader.position += 4;
  let value = 0;
  for (let i = 0; i < 4; i++) value = value * 16 + "0123456789abcdef".indexOf(lowerCase(digits.charAt(i)));
  return value;
}

function readNumber(reader: Reader): Json | undefined {
  const start = reader.position;
  accept(reader, "-");
  const whole = readDigits(reader);
  if (whole === "" || (whole.length > 1 && whole.startsWith("0"))) return fail(reader);
  if (accept(reader, ".") && readDigits(reader) === "") return fail(reader);
  if (accept(reader, "e") || accept(reader, "E")) {
    if (!accept(reader, "+")) accept(reader, "-");
    if (readDigits(reader) === "") return fail(reader);
  }
  return { kind: "number", text: reader.text.substring(start, reader.position) };
}

function readDigits(reader: Reader): string {
  const start = reader.position;
  while (isDigits(reader.text.charAt(reader.position))) reader.position += 1;
  return reader.text.substring(start, reader.position);
}

function accept(reader: Reader, expected: string): boolean {
  const end = reader.position + expected.length;
  if (reader.text.substring(reader.position, end) !== expected) return false;
  reader.position = end;
  return true;
}

function skipSpace(reader: Reader): void {
  if (reader.position < 0) return;
  let code = reader.text.charCodeAt(reader.position);
  while (code === 32 || code === 10 || code === 13 || code === 9) {
    reader.position += 1;
    code = reader.text.charCodeAt(reader.position);
  }
}

function fail(reader: Reader): undefined {
  reader.position = -1;
  return undefined;
}

/** The whole number that a JSON number spells, or undefined: no sign, fraction or exponent, at most 15 digits. */
export function wholeOf(value: Json | undefined): number | undefined {
  if (value === undefined || value.kind !== "number") return undefined;
  return isDigits(value.text) && value.text.length <= 15 ? fromDigits(value.text) : undefined;
}
