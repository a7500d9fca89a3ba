import { install } from "../host/lua.ts";
import { fairLaunch } from "./actions.ts";

install(fairLaunch);
