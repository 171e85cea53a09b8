/** Seals ops to the server: HPKE base mode, and the writer's secret in front of the body (docs/sync-protocol.md). */

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "../../vendor/hpke/hpke.js";
import { base64url, concat, fromBase64url, utf8 } from "./bytes.js";

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** What the clear header binds: nobody can move a sealed body under another header. */
export function info({ op_id, key_id, device_id, owner_tag, seq }) {
  return utf8(`friendtor op 1|${op_id}|${key_id}|${device_id}|${owner_tag}|${seq}`);
}

/**
 * @param {object} header op_id, key_id, device_id, owner_tag, seq
 * @param {object} body as in the protocol
 * @param {{public_key: string, writer_secret: string}} keys base64url
 * @returns {Promise<string>} base64url of enc ‖ ciphertext
 */
export async function sealOp(header, body, { public_key, writer_secret }) {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64url(public_key));
  const plaintext = concat(fromBase64url(writer_secret), utf8(JSON.stringify(body)));
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: info(header) }, plaintext);
  return base64url(concat(new Uint8Array(enc), new Uint8Array(ct)));
}
