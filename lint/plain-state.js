/** The state is plain data: it outlives the code that made it, so it can't hold objects with methods. */
const BEHAVED = new Set(["Map", "Set", "ReadonlyMap", "ReadonlySet", "WeakMap", "WeakSet"]);

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      behaved:
        "A {{name}} does not survive in the state when the code is replaced. Use a record (`emptyRecord`), an array, or a register of process/collections/.",
    },
  },
  create(context) {
    return {
      Identifier(node) {
        if (!BEHAVED.has(node.name)) return;
        context.report({ node, messageId: "behaved", data: { name: node.name } });
      },
    };
  },
};
