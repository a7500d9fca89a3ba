/** Calls of Solidity contracts as bytes, in lower-case hex: as much of the encoding as the peers need. */
import { keccak_256 } from "@noble/hashes/sha3.js";

/** A value with its type's name, encoded: in place, or where it has no fixed length behind everything that is in place. */
export interface Argument {
  readonly type: string;
  readonly isDynamic: boolean;
  readonly bytes: string;
}

/** A function's call: its selector, then its arguments. */
export function encodeCall(name: string, values: readonly Argument[] = []): string {
  const signature = `${name}(${values.map(({ type }) => type).join(",")})`;
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(signature))).toString("hex");
  return `0x${hash.slice(0, 8)}${encode(values)}`;
}

/** Values one after the other; places of those that stand behind. */
export function encode(values: readonly Argument[]): string {
  let offset = values.reduce((sum, { isDynamic, bytes }) => sum + (isDynamic ? 32 : bytes.length / 2), 0);
  const head: string[] = [];
  const tail: string[] = [];
  for (const { isDynamic, bytes } of values) {
    head.push(isDynamic ? word(BigInt(offset)) : bytes);
    if (!isDynamic) continue;
    tail.push(bytes);
    offset += bytes.length / 2;
  }
  return [...head, ...tail].join("");
}

/** 32 bytes of a number that is not negative, or of an address. */
export function word(value: bigint | string): string {
  return BigInt(value).toString(16).padStart(64, "0");
}

/** `0x` and 40 digits. */
export function address(value: string): Argument {
  return inPlace("address", word(value));
}

export function uint256(value: bigint): Argument {
  return inPlace("uint256", word(value));
}

export function bool(value: boolean): Argument {
  return inPlace("bool", word(value ? 1n : 0n));
}

/** The text's bytes, and zeros. */
export function bytes32(text: string): Argument {
  return inPlace("bytes32", Buffer.from(text).toString("hex").padEnd(64, "0"));
}

/** Digits in hex. */
export function bytes(digits: string): Argument {
  return behind("bytes", word(BigInt(digits.length / 2)) + padded(digits));
}

export function string(text: string): Argument {
  return behind("string", bytes(Buffer.from(text).toString("hex")).bytes);
}

export function addresses(values: readonly string[]): Argument {
  return behind("address[]", list(values));
}

export function uint256s(values: readonly bigint[]): Argument {
  return behind("uint256[]", list(values));
}

export function int256s(values: readonly bigint[]): Argument {
  return behind("int256[]", list(values));
}

/** An array of two. */
export function uint256Pair(first: bigint, second: bigint): Argument {
  return inPlace("uint256[2]", word(first) + word(second));
}

export function tuple(...values: readonly Argument[]): Argument {
  const type = `(${values.map((value) => value.type).join(",")})`;
  return { type, isDynamic: values.some(({ isDynamic }) => isDynamic), bytes: encode(values) };
}

function list(values: readonly (bigint | string)[]): string {
  return [BigInt(values.length), ...values].map(word).join("");
}

function padded(digits: string): string {
  return digits.padEnd(Math.ceil(digits.length / 64) * 64, "0");
}

function inPlace(type: string, text: string): Argument {
  return { type, isDynamic: false, bytes: text };
}

function behind(type: string, text: string): Argument {
  return { type, isDynamic: true, bytes: text };
}
