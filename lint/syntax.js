/** No construct that does not compile to Lua, compiles to something else, or brings a style the house doesn't have. */
const REFUSE = "Return `refuse(code, text)`: a refusal is a value, and the state stays as it was.";
const NOW = "An action is done when it returns: keep a pending record with a deadline.";
const RECORD = "State and effects are plain records, and rules are functions on them.";

const messages = {
  throw: `No \`throw\` in process/: a thrown table crashes aos. ${REFUSE}`,
  try: `No \`try\` in process/: only host/ guards a call. ${REFUSE}`,
  async: `No \`async\` or \`await\` in process/. ${NOW}`,
  generator: "No generators in process/: they become coroutines. Use a loop, or a cursor.",
  class: `No classes in process/: an instance does not survive in the state. ${RECORD}`,
  this: `No \`this\` in process/. ${RECORD} Take it as a parameter.`,
  accessor: `No accessors in process/: they do not compile to Lua. ${RECORD}`,
  enum: 'No enums in process/: they are not erasable. Use a union of strings ("a" | "b").',
  forIn:
    "No `for…in` in process/: keys come in no order in Lua. Walk an array, or a register of process/collections/.",
  regex:
    "No regular expressions in process/: they do not compile to Lua. Look at the characters (process/protocol/text.ts).",
  label: "No labels in process/: they do not compile to Lua. Move the inner loop into a function.",
  instanceof:
    "No `instanceof` in process/: there are no classes. Tell records apart by a field such as `kind`.",
};

export default {
  meta: { type: "problem", schema: [], messages },
  create(context) {
    const say = (messageId) => (node) => context.report({ node, messageId });
    return {
      ThrowStatement: say("throw"),
      TryStatement: say("try"),
      ":function[async=true]": say("async"),
      AwaitExpression: say("async"),
      "ForOfStatement[await=true]": say("async"),
      ":function[generator=true]": say("generator"),
      YieldExpression: say("generator"),
      ClassDeclaration: say("class"),
      ClassExpression: say("class"),
      ThisExpression: say("this"),
      "Property[kind=/^[gs]et$/]": say("accessor"),
      TSEnumDeclaration: say("enum"),
      ForInStatement: say("forIn"),
      "Literal[regex]": say("regex"),
      LabeledStatement: say("label"),
      "BinaryExpression[operator='instanceof']": say("instanceof"),
    };
  },
};
