import { install } from "../host/lua.ts";
import { pool } from "./actions.ts";

install(pool);
