/**
 * A TypeScriptToLua plugin: a few functions of `process/math/integer.ts`, `process/protocol/text.ts` and
 * `process/collections/record.ts` become a single Lua operation or library call, so that hot loops pay no function
 * call and no loop over characters. Under Node the same functions run as written; `test/differential` compares both.
 */
import ts from "typescript";
import * as lua from "typescript-to-lua";

const call = (path, operands, node) => {
  const [table, field] = path.split(".");
  const callee = field
    ? lua.createTableIndexExpression(lua.createIdentifier(table), lua.createStringLiteral(field))
    : lua.createIdentifier(table);
  return lua.createCallExpression(callee, operands, node);
};

/** `string.find(text, pattern)`, compared with nil: whether the whole text, or no character of it, fits the pattern. */
const find =
  (pattern, operator) =>
  ([text], node) =>
    lua.createBinaryExpression(
      call("string.find", [text, lua.createStringLiteral(pattern)]),
      lua.createNilLiteral(),
      operator,
      node,
    );
const matches = (pattern) => find(pattern, lua.SyntaxKind.InequalityOperator);
const lacks = (pattern) => find(pattern, lua.SyntaxKind.EqualityOperator);

const intrinsics = {
  quotient: ([dividend, divisor], node) =>
    lua.createBinaryExpression(dividend, divisor, lua.SyntaxKind.FloorDivisionOperator, node),
  fromDigits: (operands, node) => call("tonumber", operands, node),
  lowerCase: (operands, node) => call("string.lower", operands, node),
  isBase64Url: matches("^[%w_%-]+$"),
  isHexadecimal: matches("^%x+$"),
  isDigits: matches("^%d+$"),
  isPlain: lacks('[%c"\\]'),
  trim: ([text], node) => call("string.match", [text, lua.createStringLiteral("^[ \t\r]*(.-)[ \t\r]*$")], node),
  character: (operands, node) => call("utf8.char", operands, node),
  emptyRecord: (_, node) => lua.createTableExpression([], node),
};

export default {
  visitors: {
    // The bodies are for Node only; some of what they use does not exist in Lua.
    [ts.SyntaxKind.FunctionDeclaration](node, context) {
      return Object.hasOwn(intrinsics, node.name?.text ?? "") ? [] : context.superTransformStatements(node);
    },
    [ts.SyntaxKind.CallExpression](node, context) {
      const name = ts.isIdentifier(node.expression) ? node.expression.text : "";
      if (!Object.hasOwn(intrinsics, name)) return context.superTransformExpression(node);
      const operands = node.arguments.map((argument) => context.transformExpression(argument));
      return intrinsics[name](operands, node);
    },
  },
};
