import { install } from "../host/lua.ts";
import { token } from "./actions.ts";

install(token);
