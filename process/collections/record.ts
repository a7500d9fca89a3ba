/**
 * A map from strings to values that survives in the state: a plain record without inherited members, so that a key
 * such as `constructor` is absent until somebody puts it there. Compiled to a Lua table (`module/intrinsics.mjs`).
 */
export function emptyRecord<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}
