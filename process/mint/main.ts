import { install } from "../host/lua.ts";
import { mint } from "./actions.ts";

install(mint);
