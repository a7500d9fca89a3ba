/**
 * Reads the part of GraphQL that gateways are asked in: one query, fields with arguments, aliases and selections,
 * variables, fragments on the query left out.
 */
import { Refusal } from "../items/refusal.ts";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export interface Field {
  readonly name: string;
  /** The name in the answer. */
  readonly alias: string;
  readonly arguments: Readonly<Record<string, Value>>;
  readonly selection: readonly Field[];
}

const token =
  /\s+|,|#[^\n]*|(\.\.\.|[!$()[\]{}:=@|]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[_A-Za-z]\w*|"""[^]*?"""|"(?:[^"\\\n]|\\.)*")/y;

function tokensOf(text: string): string[] {
  const tokens = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const { lastIndex } = token;
    const found = token.exec(text);
    if (found === null)
      throw new Refusal(
        `the query can't be read at ${JSON.stringify(text.slice(lastIndex, lastIndex + 20))}`,
      );
    if (found[1] !== undefined) tokens.push(found[1]);
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #variables: Readonly<Record<string, Value>>;
  #position = 0;

  constructor(tokens: readonly string[], variables: Readonly<Record<string, Value>>) {
    this.#tokens = tokens;
    this.#variables = { ...variables };
  }

  query(): readonly Field[] {
    if (this.#take("query")) {
      if (/^\w/.test(this.#tokens[this.#position] ?? "")) this.#position += 1;
      if (this.#take("(")) this.#declarations();
    }
    const fields = this.#selection();
    if (this.#position < this.#tokens.length) throw new Refusal("only one query at a time is answered");
    return fields;
  }

  /** The types of variables are not looked at, their defaults are. */
  #declarations(): void {
    const defaults = this.#variables as Record<string, Value>;
    while (!this.#take(")")) {
      this.#expect("$");
      const name = this.#next();
      this.#expect(":");
      while (/^[[\]!]$|^[A-Za-z_]/.test(this.#tokens[this.#position] ?? "")) this.#position += 1;
      if (this.#take("=")) {
        const value = this.#value();
        defaults[name] ??= value;
      }
    }
  }

  #selection(): readonly Field[] {
    this.#expect("{");
    const fields: Field[] = [];
    while (!this.#take("}")) fields.push(this.#field());
    return fields;
  }

  #field(): Field {
    const first = this.#name();
    const name = this.#take(":") ? this.#name() : first;
    const given: Record<string, Value> = {};
    if (this.#take("(")) {
      while (!this.#take(")")) {
        const argument = this.#name();
        this.#expect(":");
        given[argument] = this.#value();
      }
    }
    const selection = this.#tokens[this.#position] === "{" ? this.#selection() : [];
    return { name, alias: first, arguments: given, selection };
  }

  #value(): Value {
    const next = this.#next();
    if (next === "$") return this.#variables[this.#name()] ?? null;
    if (next === "[") {
      const list: Value[] = [];
      while (!this.#take("]")) list.push(this.#value());
      return list;
    }
    if (next === "{") {
      const record: Record<string, Value> = {};
      while (!this.#take("}")) {
        const name = this.#name();
        this.#expect(":");
        record[name] = this.#value();
      }
      return record;
    }
    if (next.startsWith('"""')) return next.slice(3, -3);
    // Strings of JSON and of GraphQL have the same escapes; true, false, null and numbers the same form.
    if (/^["\d-]|^(true|false|null)$/.test(next)) return JSON.parse(next) as Value;
    if (/^[A-Za-z_]/.test(next)) return next;
    throw new Refusal(`the query has ${next} where a value should stand`);
  }

  #name(): string {
    const name = this.#next();
    if (/^[A-Za-z_]/.test(name)) return name;
    throw new Refusal(`the query has ${name} where a name should stand; fragments are not known here`);
  }

  #next(): string {
    const next = this.#tokens[this.#position++];
    if (next === undefined) throw new Refusal("the query is cut off");
    return next;
  }

  #take(expected: string): boolean {
    const there = this.#tokens[this.#position] === expected;
    if (there) this.#position += 1;
    return there;
  }

  #expect(expected: string): void {
    const next = this.#next();
    if (next !== expected) throw new Refusal(`the query has ${next} where ${expected} should stand`);
  }
}

/** The fields that a query asks for. @throws Refusal when it can't be read. */
export function parseQuery(text: string, variables: Readonly<Record<string, Value>> = {}): readonly Field[] {
  return new Reader(tokensOf(text), variables).query();
}

/** The part of a value that a selection asks for. Unknown fields are null. */
export function select(value: unknown, selection: readonly Field[]): unknown {
  if (selection.length === 0 || value === null || value === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map((each) => select(each, selection));
  const fields = selection.map(({ name, alias, selection: inner }) => {
    return [alias, select((value as Record<string, unknown>)[name], inner)] as const;
  });
  return Object.fromEntries(fields);
}
