/** No operator whose result on Lua's 64-bit integers differs from its result on JavaScript's doubles. */
const MESSAGE_OF = {
  "/": "division",
  "/=": "division",
  "**": "power",
  "**=": "power",
  "|": "bits",
  "&": "bits",
  "^": "bits",
  "<<": "bits",
  ">>": "bits",
  ">>>": "bits",
  "|=": "bits",
  "&=": "bits",
  "^=": "bits",
  "<<=": "bits",
  ">>=": "bits",
  ">>>=": "bits",
  "==": "loose",
  "!=": "loose",
};

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      division:
        "`{{operator}}` makes a float in Lua (6 / 3 is 2.0). Use `quotient` of process/math/integer.ts.",
      power: "`{{operator}}` makes a float in Lua. Multiply, or write the number out.",
      bits: "`{{operator}}` works on 32 bits in JavaScript and on 64 in Lua. Use arithmetic, or `quotient` and `%`.",
      loose: "`{{operator}}` converts in JavaScript and never in Lua. Use `{{operator}}=`.",
      number:
        "A unary `+` reads a number in its own way on each runtime. Use `fromDigits` of process/math/integer.ts.",
    },
  },
  create(context) {
    function check(node) {
      const messageId = MESSAGE_OF[node.operator];
      if (messageId !== undefined) context.report({ node, messageId, data: { operator: node.operator } });
    }
    return {
      BinaryExpression: check,
      AssignmentExpression: check,
      UnaryExpression(node) {
        if (node.operator === "+") context.report({ node, messageId: "number" });
        if (node.operator === "~") context.report({ node, messageId: "bits", data: { operator: "~" } });
      },
    };
  },
};
