/*
 * Empty on purpose. ldo.c includes <setjmp.h>, whose own version refuses to compile without WebAssembly exceptions;
 * with the protected calls of configuration.h nothing of it is needed.
 */
