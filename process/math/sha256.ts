/**
 * SHA-256 (FIPS 180-4) on 32-bit words held in whole numbers. Sums are taken modulo 2^32, and turns are made of a
 * quotient and a product, so that JavaScript's signed 32 bits and Lua's 64 give the same words.
 */
import { quotient } from "./integer.ts";
import { binary, bitAnd, bitXor } from "./words.ts";

const WORD = 4_294_967_296;
const HEXADECIMAL = "0123456789abcdef";

// prettier-ignore
const ROUNDS = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
// prettier-ignore
const START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** The hash of a text's bytes (UTF-8) as 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  const bytes = binary(text);
  const blocks = quotient(bytes.length + 8, 64) + 1;
  let state: readonly number[] = START;
  for (let block = 0; block < blocks; block++) {
    const words = readBlock(bytes, block * 64);
    if (block === blocks - 1) {
      words[14] = quotient(bytes.length * 8, WORD);
      words[15] = (bytes.length * 8) % WORD;
    }
    state = compress(state, words);
  }
  return state.map((word) => hexadecimal(word)).join("");
}

/** Sixteen words from a position on: the bytes, a one bit behind the last, zeros. */
function readBlock(bytes: string, start: number): number[] {
  const words: number[] = [];
  for (let i = 0; i < 16; i++) {
    let word = 0;
    for (let j = 0; j < 4; j++) {
      const position = start + 4 * i + j;
      const byte = position < bytes.length ? bytes.charCodeAt(position) : position === bytes.length ? 128 : 0;
      word = word * 256 + byte;
    }
    words.push(word);
  }
  return words;
}

function compress(state: readonly number[], words: number[]): number[] {
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15]!;
    const late = words[i - 2]!;
    const first = bitXor(bitXor(turn(early, 7), turn(early, 18)), quotient(early, 8));
    const second = bitXor(bitXor(turn(late, 17), turn(late, 19)), quotient(late, 1_024));
    words[i] = (words[i - 16]! + first + words[i - 7]! + second) % WORD;
  }
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const sum1 = bitXor(bitXor(turn(e, 6), turn(e, 11)), turn(e, 25));
    const choice = bitXor(bitAnd(e, f), bitAnd(WORD - 1 - e, g));
    const added = (h + sum1 + choice + ROUNDS[i]! + words[i]!) % WORD;
    const sum0 = bitXor(bitXor(turn(a, 2), turn(a, 13)), turn(a, 22));
    const majority = bitXor(bitXor(bitAnd(a, b), bitAnd(a, c)), bitAnd(b, c));
    h = g;
    g = f;
    f = e;
    e = (d + added) % WORD;
    d = c;
    c = b;
    b = a;
    a = (added + sum0 + majority) % WORD;
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]!) % WORD);
}

/** The word with its bits turned right by 1 to 31 places. */
function turn(word: number, places: number): number {
  const power = POWERS[places]!;
  return quotient(word, power) + (word % power) * POWERS[32 - places]!;
}

const POWERS: readonly number[] = powers();

function powers(): number[] {
  const result = [1];
  for (let i = 1; i <= 32; i++) result.push(result[i - 1]! * 2);
  return result;
}

function hexadecimal(word: number): string {
  let digits = "";
  let rest = word;
  for (let i = 0; i < 8; i++) {
    digits = HEXADECIMAL.charAt(rest % 16) + digits;
    rest = quotient(rest, 16);
  }
  return digits;
}
