/** No method that is missing in Lua, or answers differently there. */
const INSTEAD = {
  sort: "it is unstable in Lua. Keep the array in order as you insert",
  toSorted: "it is missing in Lua. Keep the array in order as you insert",
  localeCompare: "it does not compile to Lua. Compare with `<`",
  normalize: "it does not compile to Lua. Compare strings as they are",
  toLowerCase: "Lua changes ASCII only. Use `lowerCase` of process/protocol/text.ts",
  toUpperCase: "Lua changes ASCII only. Write the text as it should be",
  toLocaleString: "it is missing in Lua. Use `toString` or a template",
  toFixed: "numbers are whole. Print a natural of process/math/",
  toPrecision: "numbers are whole. Print a natural of process/math/",
  toExponential: "numbers are whole. Print a natural of process/math/",
  match: "regular expressions do not compile to Lua. Use `includes`, `startsWith`, or look at the characters",
  matchAll: "regular expressions do not compile to Lua. Use `indexOf` in a loop",
  search: "regular expressions do not compile to Lua. Use `indexOf`",
};

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: { method: "No `.{{name}}()` in process/: {{instead}}." },
  },
  create(context) {
    return {
      "CallExpression > MemberExpression.callee"(node) {
        const name = node.computed ? node.property.value : node.property.name;
        if (typeof name !== "string" || !Object.hasOwn(INSTEAD, name)) return;
        context.report({ node: node.property, messageId: "method", data: { name, instead: INSTEAD[name] } });
      },
    };
  },
};
