/**
 * node --import ts-blank-space/register scripts/fetch-aos.ts: the stock aos modules in build/aos, for the tests. With
 * AOS_GATEWAY and AOS_TRANSACTION in the environment: the one that this version of Node runs, from that gateway.
 */
import { aos204, aos206, aosForNode, fetchAos, sourceFromEnvironment } from "../module/aos.ts";

const releases = sourceFromEnvironment() === undefined ? [aos206, aos204] : [aosForNode()];
for (const release of releases) {
  const bytes = await fetchAos(release);
  console.log(`aos ${release.version}  ${release.format}  ${bytes.length} bytes  ${release.sha256}`);
}
