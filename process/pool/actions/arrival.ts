import type { Natural } from "../../math/natural.ts";
import type { SideIndex } from "../state.ts";

/** What has arrived: so much of a side's token, from this address. It is in `received`, and in no other book yet. */
export interface Arrival {
  readonly side: SideIndex;
  readonly sender: string;
  readonly quantity: Natural;
}
