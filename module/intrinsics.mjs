/**
 * A TypeScriptToLua plugin: the functions of `process/math/integer.ts` become single Lua operations, so that the
 * hot loops of exact arithmetic pay no function call. Under Node the same functions run as written.
 */
import ts from "typescript";
import * as lua from "typescript-to-lua";

const intrinsics = {
  quotient: ([dividend, divisor], node) =>
    lua.createBinaryExpression(dividend, divisor, lua.SyntaxKind.FloorDivisionOperator, node),
  fromDigits: (digits, node) => lua.createCallExpression(lua.createIdentifier("tonumber"), digits, node),
};

export default {
  visitors: {
    [ts.SyntaxKind.CallExpression](node, context) {
      const name = ts.isIdentifier(node.expression) ? node.expression.text : "";
      if (!Object.hasOwn(intrinsics, name)) return context.superTransformExpression(node);
      const operands = node.arguments.map((argument) => context.transformExpression(argument));
      return intrinsics[name](operands, node);
    },
  },
};
