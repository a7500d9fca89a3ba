/** Number literals are whole numbers below 2^53. */
const WHOLE = /^(0[xob][\da-f_]+|[\d_]+)$/i;

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      fraction:
        "{{raw}} is a float in Lua. Use whole numbers: the smallest unit, basis points, digits written out.",
      large: "{{raw}} is not exact in a double. Use a natural of process/math/.",
      bigint: "BigInt does not compile to Lua. Use a natural of process/math/.",
    },
  },
  create(context) {
    return {
      Literal(node) {
        const raw = node.raw;
        if (typeof node.value === "bigint" || "bigint" in node) {
          context.report({ node, messageId: "bigint" });
        } else if (typeof node.value === "number") {
          if (!WHOLE.test(raw)) context.report({ node, messageId: "fraction", data: { raw } });
          else if (!Number.isSafeInteger(node.value))
            context.report({ node, messageId: "large", data: { raw } });
        }
      },
    };
  },
};
