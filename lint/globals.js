/**
 * No global of JavaScript that is missing in Lua, or answers differently there; no global of Lua, because the same
 * source runs under Node. Files of host/ that speak to a Lua runtime take the option `{ lua: true }`.
 */
const NUMBER = "numbers are whole. Use `fromDigits` and `quotient` of process/math/integer.ts, or a natural";
const TIME = "time is the message's: use its `now`";
const RUNTIME = "only host/ touches a runtime: return an effect";
const REFUSE = "a rule doesn't throw: return `refuse(code, text)`";
const ORDER =
  "keys come in no order in Lua, and records may lack inherited members. Keep an array beside the record, or spread";

/** What to do instead of each global of JavaScript. */
const JAVASCRIPT = {
  JSON: "it is nil in Lua. Use the JSON of process/protocol/",
  Date: `it is nil in Lua; ${TIME}`,
  Math: "only Math.max and Math.min keep whole numbers whole. Use process/math/",
  Number: NUMBER,
  parseInt: NUMBER,
  parseFloat: NUMBER,
  NaN: NUMBER,
  Infinity: NUMBER,
  isNaN: NUMBER,
  isFinite: NUMBER,
  BigInt: "BigInt does not compile to Lua. Use a natural of process/math/",
  Object: ORDER,
  Reflect: ORDER,
  Intl: "it is nil in Lua. Compare strings with `<`",
  RegExp: "regular expressions do not compile to Lua. Look at the characters",
  Promise: "an action is done when it returns. Keep a pending record with a deadline",
  setTimeout: TIME,
  setInterval: TIME,
  queueMicrotask: TIME,
  performance: TIME,
  crypto: "a process has no randomness. Use the ids of messages",
  console: RUNTIME,
  process: RUNTIME,
  global: RUNTIME,
  globalThis: RUNTIME,
  Buffer: RUNTIME,
  require: "import the file",
  Error: REFUSE,
  TypeError: REFUSE,
  RangeError: REFUSE,
  eval: "there is no source at run time",
  Function: "there is no source at run time",
  arguments: "name the parameters, or take `...rest`",
};

const LUA = [
  ...["_G", "_ENV", "_VERSION", "ao", "Handlers", "assert", "collectgarbage", "coroutine", "debug", "error"],
  ...[
    "getmetatable",
    "io",
    "ipairs",
    "load",
    "math",
    "next",
    "os",
    "package",
    "pairs",
    "pcall",
    "print",
    "rawequal",
  ],
  ...[
    "rawget",
    "rawlen",
    "rawset",
    "select",
    "setmetatable",
    "string",
    "table",
    "tonumber",
    "tostring",
    "utf8",
  ],
  "xpcall",
];

const WHOLE_MATH = new Set(["max", "min"]);

function isWholeMath({ name, parent }) {
  return (
    name === "Math" &&
    parent.type === "MemberExpression" &&
    !parent.computed &&
    WHOLE_MATH.has(parent.property.name)
  );
}

export default {
  meta: {
    type: "problem",
    schema: [{ type: "object", properties: { lua: { type: "boolean" } }, additionalProperties: false }],
    defaultOptions: [{ lua: false }],
    messages: {
      javascript: "No `{{name}}` in process/: {{instead}}.",
      lua: "No `{{name}}` outside of host/: it is a global of Lua, and this file runs under Node too.",
    },
  },
  create(context) {
    const [{ lua }] = context.options;

    function check(reference) {
      const { name } = reference.identifier;
      if (reference.isValueReference === false || isWholeMath(reference.identifier)) return;
      if (Object.hasOwn(JAVASCRIPT, name)) {
        const data = { name, instead: JAVASCRIPT[name] };
        context.report({ node: reference.identifier, messageId: "javascript", data });
      } else if (!lua && LUA.includes(name)) {
        context.report({ node: reference.identifier, messageId: "lua", data: { name } });
      }
    }

    return {
      "Program:exit"(node) {
        const scope = context.sourceCode.getScope(node);
        for (const reference of scope.through) check(reference);
        for (const variable of scope.variables) {
          if (variable.defs.length === 0) variable.references.forEach(check);
        }
      },
      "Identifier[name='arguments']"(node) {
        const data = { name: "arguments", instead: JAVASCRIPT.arguments };
        context.report({ node, messageId: "javascript", data });
      },
    };
  },
};
