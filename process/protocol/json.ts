/**
 * JSON without floating point: numbers stay the text that spelled them, objects keep the order and the repetition of
 * their members. Malformed text gives undefined, never an error that escapes. Every message is read by this, so it
 * makes few tables and calls: strings stand for themselves, and whole runs of characters are taken at once.
 */
import { fromDigits } from "../math/integer.ts";
import { limits } from "./limits.ts";
import { character, isDigits, replaceEscaped } from "./text.ts";

export type Json =
  | string
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "array"; readonly items: readonly Json[] }
  /** Names and values in turn. */
  | { readonly kind: "object"; readonly members: readonly Json[] };

const TRUE: Json = { kind: "boolean", value: true };
const FALSE: Json = { kind: "boolean", value: false };
const NULL: Json = { kind: "null" };

/** What an escape without digits stands for, but for the backslash. */
const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  '"': '"',
  "/": "/",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
};

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

/** Where the reader stands. */
interface Reader {
  readonly text: string;
  position: number;
  /** Where the next backslash is, or the text's end; searched again once the reader is past it. */
  escape: number;
}

/** The value that the text spells, or undefined when it is not JSON or nested deeper than the limit. */
export function parseJson(text: string): Json | undefined {
  const reader = { text, position: 0, escape: -1 };
  const value = readValue(reader, skipSpace(reader), 0);
  skipSpace(reader);
  return reader.position === text.length ? value : undefined;
}

/** The member of an object with this name; undefined when there is none, or more than one. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  const { members } = value;
  const count = members.length;
  let found: Json | undefined;
  for (let i = 0; i < count; i += 2) {
    if (members[i] === name) {
      if (found !== undefined) return undefined;
      found = members[i + 1];
    }
  }
  return found;
}

export function isObject(
  value: Json | undefined,
): value is { readonly kind: "object"; readonly members: readonly Json[] } {
  return value !== undefined && typeof value !== "string" && value.kind === "object";
}

/** The text of a string, or undefined for anything else. */
export function stringOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The text that spells a number, or undefined for anything else. */
export function numberOf(value: Json | undefined): string | undefined {
  return value !== undefined && typeof value !== "string" && value.kind === "number" ? value.text : undefined;
}

/** The whole number that a JSON number spells, or undefined: no sign, fraction or exponent, at most 15 digits. */
export function wholeOf(value: Json | undefined): number | undefined {
  const text = numberOf(value);
  return text !== undefined && isDigits(text) && text.length <= 15 ? fromDigits(text) : undefined;
}

/** Whether the value is `true`. */
export function isTrue(value: Json | undefined): boolean {
  return value === TRUE;
}

/** The items of an array, or undefined for anything else. */
export function itemsOf(value: Json | undefined): readonly Json[] | undefined {
  return value !== undefined && typeof value !== "string" && value.kind === "array" ? value.items : undefined;
}

/** Reads the value whose first character, at the reader's position, is this. */
function readValue(reader: Reader, first: number, depth: number): Json | undefined {
  if (first === QUOTE) return readString(reader);
  if (first === OPENING_BRACE) return depth === limits.jsonDepth ? undefined : readObject(reader, depth + 1);
  if (first === OPENING_BRACKET) return depth === limits.jsonDepth ? undefined : readArray(reader, depth + 1);
  if (accept(reader, "true")) return TRUE;
  if (accept(reader, "false")) return FALSE;
  if (accept(reader, "null")) return NULL;
  return readNumber(reader);
}

function readObject(reader: Reader, depth: number): Json | undefined {
  const members: Json[] = [];
  reader.position += 1;
  let code = skipSpace(reader);
  if (code === CLOSING_BRACE) {
    reader.position += 1;
    return { kind: "object", members };
  }
  while (code === QUOTE) {
    const name = readString(reader);
    if (name === undefined || skipSpace(reader) !== COLON) return undefined;
    reader.position += 1;
    const value = readValue(reader, skipSpace(reader), depth);
    if (value === undefined) return undefined;
    members.push(name);
    members.push(value);
    code = skipSpace(reader);
    reader.position += 1;
    if (code === CLOSING_BRACE) return { kind: "object", members };
    if (code !== COMMA) return undefined;
    code = skipSpace(reader);
  }
  return undefined;
}

function readArray(reader: Reader, depth: number): Json | undefined {
  const items: Json[] = [];
  reader.position += 1;
  let code = skipSpace(reader);
  if (code === CLOSING_BRACKET) {
    reader.position += 1;
    return { kind: "array", items };
  }
  for (;;) {
    const value = readValue(reader, code, depth);
    if (value === undefined) return undefined;
    items.push(value);
    code = skipSpace(reader);
    reader.position += 1;
    if (code === CLOSING_BRACKET) return { kind: "array", items };
    if (code !== COMMA) return undefined;
    code = skipSpace(reader);
  }
}

/** Reads a string, from its opening quote on. */
function readString(reader: Reader): string | undefined {
  const { text } = reader;
  const start = reader.position + 1;
  const quote = text.indexOf('"', start);
  if (quote < 0) return undefined;
  if (reader.escape < start) {
    const escape = text.indexOf("\\", start);
    reader.escape = escape < 0 ? text.length : escape;
  }
  if (quote > reader.escape) return readEscaped(reader, start);
  reader.position = quote + 1;
  return text.substring(start, quote);
}

/** A string with escapes. Of CSV and JSON inside it, only line breaks and quotes are escaped, often very many. */
function readEscaped(reader: Reader, start: number): string | undefined {
  const { text } = reader;
  let end = text.indexOf('"', start);
  while (end > start && text.charCodeAt(end - 1) === BACKSLASH) end = text.indexOf('"', end + 1);
  const raw = end < 0 ? "\\\\" : text.substring(start, end);
  // An escaped backslash may stand before a quote that ends the string, and hides what follows.
  const plain = raw.indexOf("\\\\") < 0 ? replaceEscaped(raw, SIMPLE) : "\\";
  if (plain.indexOf("\\") >= 0) return readPieces(reader, start);
  reader.position = end + 1;
  return plain;
}

/** A string with any escapes, piece by piece between them. */
function readPieces(reader: Reader, start: number): string | undefined {
  const { text } = reader;
  const pieces: string[] = [];
  reader.position = start;
  // Looked for anew only once it is passed: a long string may have very many escapes.
  let quote = -1;
  for (;;) {
    const { position } = reader;
    if (quote < position) quote = text.indexOf('"', position);
    if (quote < 0) return undefined;
    const escape = text.indexOf("\\", position);
    if (escape < 0 || quote < escape) {
      pieces.push(text.substring(position, quote));
      reader.position = quote + 1;
      return pieces.join("");
    }
    if (escape > position) pieces.push(text.substring(position, escape));
    reader.position = escape + 1;
    const escaped = readEscape(reader);
    if (escaped === undefined) return undefined;
    pieces.push(escaped);
  }
}

function readEscape(reader: Reader): string | undefined {
  const letter = reader.text.substring(reader.position, reader.position + 1);
  reader.position += 1;
  if (letter === "n") return "\n";
  if (letter === '"' || letter === "\\" || letter === "/") return letter;
  if (letter === "r") return "\r";
  if (letter === "t") return "\t";
  if (letter === "b") return "\b";
  if (letter === "f") return "\f";
  if (letter !== "u") return undefined;
  const unit = readHexadecimal(reader);
  if (unit === undefined) return undefined;
  if (unit < 0xd800 || unit > 0xdfff) return character(unit);
  // A character beyond U+FFFF is spelled as two halves; half a character is no text.
  if (unit > 0xdbff || !accept(reader, "\\u")) return undefined;
  const low = readHexadecimal(reader);
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return undefined;
  return character((unit - 0xd800) * 1024 + (low - 0xdc00) + 0x10000);
}

function readHexadecimal(reader: Reader): number | undefined {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const digit = hexadecimalDigit(reader.text.charCodeAt(reader.position));
    if (digit === undefined) return undefined;
    value = value * 16 + digit;
    reader.position += 1;
  }
  return value;
}

function hexadecimalDigit(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : undefined;
}

function readNumber(reader: Reader): Json | undefined {
  const start = reader.position;
  accept(reader, "-");
  const whole = readDigits(reader);
  if (whole === "" || (whole.length > 1 && whole.startsWith("0"))) return undefined;
  if (accept(reader, ".") && readDigits(reader) === "") return undefined;
  if (accept(reader, "e") || accept(reader, "E")) {
    if (!accept(reader, "+")) accept(reader, "-");
    if (readDigits(reader) === "") return undefined;
  }
  return { kind: "number", text: reader.text.substring(start, reader.position) };
}

function readDigits(reader: Reader): string {
  const { text, position: start } = reader;
  let end = start;
  let code = text.charCodeAt(end);
  while (code >= 48 && code <= 57) {
    end += 1;
    code = text.charCodeAt(end);
  }
  reader.position = end;
  return text.substring(start, end);
}

function accept(reader: Reader, expected: string): boolean {
  const end = reader.position + expected.length;
  if (reader.text.substring(reader.position, end) !== expected) return false;
  reader.position = end;
  return true;
}

/** The code of the next character that is no space, where the reader then stands. */
function skipSpace(reader: Reader): number {
  const { text } = reader;
  let code = text.charCodeAt(reader.position);
  while (code === 32 || code === 10 || code === 13 || code === 9) {
    reader.position += 1;
    code = text.charCodeAt(reader.position);
  }
  return code;
}
