/**
 * A TypeScriptToLua plugin: a few functions of `process/math/integer.ts`, `process/protocol/text.ts` and
 * `process/collections/record.ts`, and the methods of strings that look at parts of them, become a single Lua operation
 * or library call, so that hot loops pay no function call and no loop over characters. Under Node the same functions
 * run as written; `test/differential` compares both.
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

/** A call's first result without the others. */
const onlyFirst = (expression) => lua.createParenthesizedExpression(expression);

const orElse = (expression, otherwise, node) =>
  lua.createParenthesizedExpression(
    lua.createBinaryExpression(
      expression,
      typeof otherwise === "number" ? lua.createNumericLiteral(otherwise) : otherwise,
      lua.SyntaxKind.OrOperator,
      node,
    ),
  );

const intrinsics = {
  quotient: ([dividend, divisor], node) =>
    lua.createBinaryExpression(dividend, divisor, lua.SyntaxKind.FloorDivisionOperator, node),
  bitXor: ([left, right], node) =>
    lua.createBinaryExpression(left, right, lua.SyntaxKind.BitwiseExclusiveOrOperator, node),
  bitAnd: ([left, right], node) =>
    lua.createBinaryExpression(left, right, lua.SyntaxKind.BitwiseAndOperator, node),
  binary: ([text]) => text,
  fromDigits: (operands, node) => call("tonumber", operands, node),
  lowerCase: (operands, node) => call("string.lower", operands, node),
  isBase64Url: matches("^[%w_%-]+$"),
  isHexadecimal: matches("^%x+$"),
  isDigits: matches("^%d+$"),
  isPlain: lacks('[%c"\\]'),
  replaceUnplain: ([text, replacements], node) =>
    onlyFirst(call("string.gsub", [text, lua.createStringLiteral('[%c"\\]'), replacements], node)),
  replaceEscaped: ([text, replacements], node) =>
    onlyFirst(call("string.gsub", [text, lua.createStringLiteral("\\(.)"), replacements], node)),
  byteLength: ([text], node) => lua.createUnaryExpression(text, lua.SyntaxKind.LengthOperator, node),
  character: (operands, node) => call("utf8.char", operands, node),
  emptyRecord: (_, node) => lua.createTableExpression([], node),
};

/** Counts from 1 what JavaScript counts from 0. */
const oneBased = (position) =>
  lua.isNumericLiteral(position)
    ? lua.createNumericLiteral(position.value + 1)
    : lua.createBinaryExpression(position, lua.createNumericLiteral(1), lua.SyntaxKind.AdditionOperator);

/** JavaScript's answer beyond the end: not a number, and so neither below nor above any. */
const notANumber = () =>
  lua.createBinaryExpression(
    lua.createNumericLiteral(0),
    lua.createNumericLiteral(0),
    lua.SyntaxKind.DivisionOperator,
  );

/** Methods of strings. Positions are 0 or more, and an end is not before its start (docs/decisions/0002). */
const stringMethods = {
  substring: (text, [start, end], node) =>
    call("string.sub", end === undefined ? [text, oneBased(start)] : [text, oneBased(start), end], node),
  charCodeAt: (text, [position], node) =>
    orElse(call("string.byte", [text, oneBased(position)]), notANumber(), node),
  indexOf: (text, [search, start], node) =>
    lua.createBinaryExpression(
      orElse(
        call("string.find", [
          text,
          search,
          start === undefined ? lua.createNumericLiteral(1) : oneBased(start),
          lua.createBooleanLiteral(true),
        ]),
        0,
      ),
      lua.createNumericLiteral(1),
      lua.SyntaxKind.SubtractionOperator,
      node,
    ),
  startsWith: (text, [start], node) =>
    lua.isStringLiteral(start)
      ? lua.createBinaryExpression(
          call("string.sub", [
            text,
            lua.createNumericLiteral(1),
            lua.createNumericLiteral(Buffer.byteLength(start.value)),
          ]),
          start,
          lua.SyntaxKind.EqualityOperator,
          node,
        )
      : undefined,
};

function isString(node, context) {
  return (context.checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;
}

function transformStringMethod(node, context) {
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee) || !Object.hasOwn(stringMethods, callee.name.text))
    return undefined;
  if (node.questionDotToken || callee.questionDotToken || !isString(callee.expression, context))
    return undefined;
  // One operand is evaluated before the next; only with effects could their order show.
  const text = context.transformExpression(callee.expression);
  const operands = node.arguments.map((argument) => context.transformExpression(argument));
  return stringMethods[callee.name.text](text, operands, node);
}

export default {
  visitors: {
    // The bodies are for Node only; some of what they use does not exist in Lua.
    [ts.SyntaxKind.FunctionDeclaration](node, context) {
      return Object.hasOwn(intrinsics, node.name?.text ?? "") ? [] : context.superTransformStatements(node);
    },
    [ts.SyntaxKind.CallExpression](node, context) {
      const name = ts.isIdentifier(node.expression) ? node.expression.text : "";
      if (!Object.hasOwn(intrinsics, name))
        return transformStringMethod(node, context) ?? context.superTransformExpression(node);
      const operands = node.arguments.map((argument) => context.transformExpression(argument));
      return intrinsics[name](operands, node);
    },
  },
};
