import { install } from "../host/lua.ts";
import { index } from "./actions.ts";

install(index);
