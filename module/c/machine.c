/*
 * handle(message JSON, environment JSON) → result JSON: one Lua state, kept between calls in the module's memory.
 * Included by lua.c.
 */
#include "loader.h"

struct bundle bundle = {NULL, 0};

/*
 * The collector starts a cycle when memory has grown to 130 % of what the last one left, and does eight units of work
 * for each unit allocated. With Lua's own 200 and 200 a large heap takes four times the memory of what is alive in
 * it; docs/module.md has the measurements.
 */
#define COLLECTOR_PAUSE 130
#define COLLECTOR_STEP 800

static lua_State *L = NULL;
static int broken = 0; /* the bundle did not load; the reason is the state's first value */

/* ---- results ------------------------------------------------------------------------------------------------- */

static void add_escaped(luaL_Buffer *buffer, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char character = (unsigned char)text[i];
    if (character == '"' || character == '\\') {
      luaL_addchar(buffer, '\\');
      luaL_addchar(buffer, (char)character);
    } else if (character < 0x20) {
      char escape[8];
      snprintf(escape, sizeof escape, "\\u%04x", character);
      luaL_addstring(buffer, escape);
    } else {
      luaL_addchar(buffer, (char)character);
    }
  }
}

/* A Lua function: an error's text → the result that says so. */
static int describe_failure(lua_State *state) {
  size_t length;
  const char *text = luaL_tolstring(state, 1, &length);
  luaL_Buffer buffer;
  luaL_buffinit(state, &buffer);
  luaL_addstring(&buffer, "{\"ok\":false,\"response\":\"");
  add_escaped(&buffer, text, length);
  luaL_addstring(&buffer, "\"}");
  luaL_pushresult(&buffer);
  return 1;
}

/* The result for the error on top of the stack, which it replaces. */
static const char *failure(void) {
  lua_pushcfunction(L, describe_failure);
  lua_insert(L, -2);
  if (lua_pcall(L, 1, 1, 0) != LUA_OK) return "{\"ok\":false,\"response\":\"not enough memory\"}";
  return lua_tostring(L, -1);
}

/* A Lua message handler: adds where the error happened. */
static int add_traceback(lua_State *state) {
  luaL_traceback(state, state, luaL_tolstring(state, 1, NULL), 1);
  return 1;
}

/* ---- the state ----------------------------------------------------------------------------------------------- */

/* Of the debug library only `traceback`: the rest reaches into other functions, and one reads from a terminal. */
static void open_debug(lua_State *state) {
#ifdef WHOLE_DEBUG_LIBRARY
  luaL_requiref(state, LUA_DBLIBNAME, luaopen_debug, 1);
  lua_pop(state, 1);
  return;
#endif
  lua_createtable(state, 0, 1);
  lua_pushcfunction(state, db_traceback);
  lua_setfield(state, -2, "traceback");
  lua_setglobal(state, LUA_DBLIBNAME);
}

/* A Lua function: opens the libraries and runs the bundle, which defines the global `handle`. */
static int load_bundle(lua_State *state) {
  static const luaL_Reg libraries[] = {{"_G", luaopen_base},           {LUA_COLIBNAME, luaopen_coroutine},
                                       {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
                                       {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
                                       {NULL, NULL}};
  for (const luaL_Reg *library = libraries; library->func != NULL; library++) {
    luaL_requiref(state, library->name, library->func, 1);
    lua_pop(state, 1);
  }
  open_debug(state);
  /* Text only: bytecode is not checked by Lua, and could do anything. */
  if (luaL_loadbufferx(state, bundle.text, bundle.length, "=bundle", "t") != LUA_OK) return lua_error(state);
  lua_call(state, 0, 0);
  if (lua_getglobal(state, "handle") != LUA_TFUNCTION) return luaL_error(state, "the bundle defines no function handle");
  return 0;
}

/* A Lua function: (message, environment), both as pointers → what the bundle's `handle` returns. */
static int call_handle(lua_State *state) {
  lua_getglobal(state, "handle");
  lua_pushstring(state, lua_touserdata(state, 1));
  lua_pushstring(state, lua_touserdata(state, 2));
  release_arguments();
  lua_call(state, 2, 1);
  if (lua_type(state, -1) != LUA_TSTRING) return luaL_error(state, "handle must return a string");
  return 1;
}

/* Calls a C function in protected mode; its result, or the error with its traceback, is then the only value. */
static int protected_call(lua_CFunction function, const char *message, const char *environment, int results) {
  lua_settop(L, 0);
  lua_pushcfunction(L, add_traceback);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, (void *)message);
  lua_pushlightuserdata(L, (void *)environment);
  int status = lua_pcall(L, 2, results, 1);
  lua_remove(L, 1);
  return status == LUA_OK;
}

/* ---- the export ---------------------------------------------------------------------------------------------- */

/* The string that it returns stays on the Lua stack, and with that in memory, until the next call. */
EXPORT(handle) const char *handle(const char *message, const char *environment) {
  if (L == NULL) {
    L = luaL_newstate();
    if (L == NULL) return "{\"ok\":false,\"response\":\"not enough memory\"}";
    lua_gc(L, LUA_GCSETPAUSE, COLLECTOR_PAUSE);
    lua_gc(L, LUA_GCSETSTEPMUL, COLLECTOR_STEP);
    broken = !protected_call(load_bundle, NULL, NULL, 0);
  }
  if (broken) {
    release_arguments();
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    return failure();
  }
  int succeeded = protected_call(call_handle, message, environment, 1);
  release_arguments();
  return succeeded ? lua_tostring(L, 1) : failure();
}
