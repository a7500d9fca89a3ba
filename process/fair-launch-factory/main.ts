import { install } from "../host/lua.ts";
import { factory } from "./actions.ts";

install(factory);
