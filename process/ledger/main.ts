import { install } from "../host/lua.ts";
import { ledger } from "./actions.ts";

install(ledger);
