/** No holes in arrays: Lua has no undefined, so an array ends, or seems to end, at its first hole. Needs types. */
import ts from "typescript";

const ADDING = new Set(["push", "unshift"]);
const NOTHING = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void;

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      delete:
        "`delete` leaves a hole in an array, and Lua's length of an array with holes is arbitrary. Use `splice` or `pop`.",
      assign:
        'undefined in an array is a hole, and Lua\'s length of an array with holes is arbitrary. Put an empty value there (0, ""), or remove the element.',
      literal:
        "undefined in an array is a hole, and Lua's length of an array with holes is arbitrary. Leave the element out, or return a record.",
      length: "Lua can't lengthen an array by `length`. Use `pop` or `splice`, or begin a new array.",
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    if (!services?.program) throw new Error("house/arrays needs type information.");
    const checker = services.program.getTypeChecker();
    const partsOf = (type) => (type.isUnion() ? type.types : [type]);

    function isArray(node) {
      const type = checker.getNonNullableType(services.getTypeAtLocation(node));
      return partsOf(type).some((part) => checker.isArrayType(part) || checker.isTupleType(part));
    }

    function isNothing(node) {
      if (node.type === "SpreadElement") {
        const element = checker.getIndexTypeOfType(
          services.getTypeAtLocation(node.argument),
          ts.IndexKind.Number,
        );
        return element !== undefined && partsOf(element).some((part) => part.flags & NOTHING);
      }
      return partsOf(services.getTypeAtLocation(node)).some((part) => part.flags & NOTHING);
    }

    const isLength = (node) =>
      node.type === "MemberExpression" && !node.computed && node.property.name === "length";
    const isElement = (node) => node.type === "MemberExpression" && node.computed && isArray(node.object);

    return {
      "UnaryExpression[operator='delete']"(node) {
        if (isElement(node.argument)) context.report({ node, messageId: "delete" });
      },
      AssignmentExpression(node) {
        if (isLength(node.left) && isArray(node.left.object)) context.report({ node, messageId: "length" });
        else if (isElement(node.left) && isNothing(node.right)) context.report({ node, messageId: "assign" });
      },
      UpdateExpression(node) {
        if (isLength(node.argument) && isArray(node.argument.object))
          context.report({ node, messageId: "length" });
      },
      ArrayExpression(node) {
        if (node.elements.some((element) => element === null || isNothing(element))) {
          context.report({ node, messageId: "literal" });
        }
      },
      "CallExpression[callee.type='MemberExpression']"(node) {
        const { object, property } = node.callee;
        if (!ADDING.has(property.name) || !isArray(object)) return;
        for (const argument of node.arguments) {
          if (isNothing(argument)) context.report({ node: argument, messageId: "assign" });
        }
      },
    };
  },
};
