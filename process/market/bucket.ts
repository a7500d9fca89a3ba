/**
 * A leaky bucket: what is put in leaks out evenly, a full bucket in a day. It bounds what can be lost in a stretch of
 * time t to capacity · (1 + t / day), so to twice the capacity in any day (AU11). Plain data; the level is held times
 * the milliseconds of a day, so that nothing is rounded.
 */
import { divide } from "../math/division.ts";
import { multiply } from "../math/multiplication.ts";
import { add, compare, type Natural, natural, subtract, ZERO } from "../math/natural.ts";

/** Milliseconds in which a full bucket runs empty. */
const DAY = 86_400_000;

export interface Bucket {
  /** What is in it, times the milliseconds of a day, at the time `at`. */
  level: Natural;
  at: number;
}

export function emptyBucket(): Bucket {
  return { level: ZERO, at: 0 };
}

/** What still fits in, rounded down; nothing where the capacity was lowered below the level. */
export function bucketRoom(bucket: Bucket, capacity: Natural, now: number): Natural {
  const level = levelAt(bucket, capacity, now);
  const full = multiply(capacity, natural(DAY));
  return compare(level, full) < 0 ? divide(subtract(full, level), natural(DAY)).quotient : ZERO;
}

/** Puts an amount in. False, and nothing changed, where it does not fit. Time never goes back. */
export function takeFromBucket(bucket: Bucket, capacity: Natural, amount: Natural, now: number): boolean {
  if (compare(amount, bucketRoom(bucket, capacity, now)) > 0) return false;
  bucket.level = add(levelAt(bucket, capacity, now), multiply(amount, natural(DAY)));
  bucket.at = Math.max(bucket.at, now);
  return true;
}

/** What is in it after what has leaked out since, never below zero. */
function levelAt(bucket: Bucket, capacity: Natural, now: number): Natural {
  if (now <= bucket.at) return bucket.level;
  const leaked = multiply(capacity, natural(now - bucket.at));
  return compare(leaked, bucket.level) < 0 ? subtract(bucket.level, leaked) : ZERO;
}
