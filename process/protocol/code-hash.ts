/** The hash by which a bundle is known, and which the process that runs it tells as `Code-Hash`. */
import { sha256 } from "../math/sha256.ts";
import { isHexadecimal, lowerCase } from "./text.ts";

const BEFORE = 'TributaryCode = "';
const AFTER = '"\n';
const LENGTH = 64;

/** Whether the text can be such a hash: 64 hexadecimal digits in lower case. */
export function isCodeHash(text: string): boolean {
  return text.length === LENGTH && isHexadecimal(text) && lowerCase(text) === text;
}

/** The hash that a bundle's first line, `TributaryCode = "…"`, says; undefined without such a line. */
export function statedCodeHash(bundle: string): string | undefined {
  const hash = bundle.substring(BEFORE.length, BEFORE.length + LENGTH);
  return isCodeHash(hash) && bundle.startsWith(`${BEFORE}${hash}${AFTER}`) ? hash : undefined;
}

/** That hash, where it is the SHA-256 of all the other lines, so that it stands for every byte of the text; else undefined. */
export function codeHashOf(bundle: string): string | undefined {
  const stated = statedCodeHash(bundle);
  const start = BEFORE.length + LENGTH + AFTER.length;
  return stated !== undefined && sha256(bundle.substring(start)) === stated ? stated : undefined;
}
