// Verifies one badge again and again with each peer, and prints how long each round took.
//
// In, one JSON line: {"badge", "documents": {url: document}, "rounds"}. Out, a line each:
// {"peer", "milliseconds": [...]}, warm, or {"peer", "error"}. Nothing is asked of a network:
// what is not among the documents cannot be reached.
import {readFileSync} from 'node:fs';

const {badge, documents, rounds} = JSON.parse(readFileSync(0, 'utf8'));

globalThis.fetch = async request => {
  const url = typeof request === 'string' ? request : request.url;
  if(!(url in documents)) {
    throw new TypeError(`not reachable: ${url}`);
  }
  return new Response(JSON.stringify(documents[url]),
    {headers: {'content-type': 'application/ld+json'}});
};

async function documentLoader(url) {
  if(!(url in documents)) {
    throw new Error(`not reachable: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: documents[url]};
}

async function digitalBazaar() {
  const {verifyCredential} = await import('@digitalbazaar/vc');
  const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
  const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
  await import('@digitalbazaar/ed25519-multikey');
  const suite = new DataIntegrityProof({cryptosuite});
  return async credential => {
    const {verified, error} = await verifyCredential({credential, suite, documentLoader});
    return verified || error;
  };
}

async function verifierCore() {
  const {verifyCredential} = await import('@digitalcredentials/verifier-core');
  return async credential => {
    const {log, errors} = await verifyCredential({credential, knownDIDRegistries: []});
    return log?.some(({id, valid}) => id === 'valid_signature' && valid) || errors;
  };
}

async function measure(prepare) {
  const verify = await prepare();
  // The engine compiles what runs often: its best is compared, not its start.
  const times = [];
  const text = JSON.stringify(badge);
  for(let round = -rounds; round < rounds; round++) {
    const begun = performance.now();
    const outcome = await verify(JSON.parse(text));
    if(outcome !== true) {
      throw outcome;
    }
    if(round >= 0) {
      times.push(performance.now() - begun);
    }
  }
  return times;
}

const peers = {'@digitalbazaar/vc': digitalBazaar, '@digitalcredentials/verifier-core': verifierCore};
for(const [peer, prepare] of Object.entries(peers)) {
  try {
    console.log(JSON.stringify({peer, milliseconds: await measure(prepare)}));
  } catch(error) {
    console.log(JSON.stringify({peer, error: JSON.stringify(error, null, 1).slice(0, 2000)
      + String(error?.stack ?? error).slice(0, 500)}));
  }
}
