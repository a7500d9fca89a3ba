/** Calls of Solidity contracts as bytes, in lower-case hex: as much of the encoding as the peers need. */
import { keccak_256 } from "@noble/hashes/sha3.js";

/** A type by its name, or a tuple of types. */
export type AbiType = string | readonly AbiType[];
/** Numbers are naturals; addresses and other bytes are hex after `0x`. */
export type AbiValue = bigint | string | readonly AbiValue[];

/** A function's call: its selector, then its arguments. */
export function encodeCall(
  name: string,
  types: readonly AbiType[] = [],
  values: readonly AbiValue[] = [],
): string {
  const signature = new TextEncoder().encode(`${name}${nameOf(types)}`);
  return `0x${Buffer.from(keccak_256(signature)).toString("hex").slice(0, 8)}${encode(types, values)}`;
}

function nameOf(type: AbiType): string {
  return typeof type === "string" ? type : `(${type.map(nameOf).join(",")})`;
}

/** Values one after the other, what is of no fixed length behind them all. */
export function encode(types: readonly AbiType[], values: readonly AbiValue[]): string {
  const parts = types.map((type, i) => ({ isDynamic: isDynamic(type), text: encodeOne(type, values[i]!) }));
  let offset = parts.reduce((sum, part) => sum + (part.isDynamic ? 32 : part.text.length / 2), 0);
  const [head, tail]: [string[], string[]] = [[], []];
  for (const part of parts) {
    if (!part.isDynamic) head.push(part.text);
    else {
      head.push(word(BigInt(offset)));
      tail.push(part.text);
      offset += part.text.length / 2;
    }
  }
  return [...head, ...tail].join("");
}

function isDynamic(type: AbiType): boolean {
  if (typeof type !== "string") return type.some(isDynamic);
  return type.endsWith("[]") || type === "string" || type === "bytes";
}

function encodeOne(type: AbiType, value: AbiValue): string {
  if (typeof type !== "string") return encode(type, value as readonly AbiValue[]);
  if (type.endsWith("[]")) {
    const items = value as readonly AbiValue[];
    return (
      word(BigInt(items.length)) +
      encode(
        items.map(() => type.slice(0, -2)),
        items,
      )
    );
  }
  if (type === "bytes") return prefixed((value as string).slice(2));
  if (type === "string") return prefixed(Buffer.from(value as string).toString("hex"));
  if (type === "bytes32") return (value as string).slice(2).padEnd(64, "0");
  return word(BigInt(value as string | bigint));
}

function prefixed(bytes: string): string {
  return word(BigInt(bytes.length / 2)) + bytes.padEnd(Math.ceil(bytes.length / 64) * 64, "0");
}

/** 32 bytes of a number or an address. */
export function word(value: bigint | string): string {
  return BigInt(value).toString(16).padStart(64, "0");
}
