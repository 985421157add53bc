// Verifies one badge again and again with one peer, and prints how long each time took.
//
// In: {"peer", "badge", "documents": {url: document}, "rounds"} on standard input.
// Out: a JSON list of milliseconds, warm. Nothing is asked of a network: what is not among
// the documents cannot be reached.
import {readFileSync} from 'node:fs';

const {peer, badge, documents, rounds} = JSON.parse(readFileSync(0, 'utf8'));

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

// The peer tells of schemas that it cannot reach; here only its signature check counts.
console.log = console.error = console.warn = () => {};

const peers = {'@digitalbazaar/vc': digitalBazaar, '@digitalcredentials/verifier-core': verifierCore};
const verify = await peers[peer]();
const text = JSON.stringify(badge);
const times = [];
// The engine compiles what runs often: the first rounds do not count.
for(let round = -rounds; round < rounds; round++) {
  const begun = performance.now();
  const outcome = await verify(JSON.parse(text));
  if(outcome !== true) {
    throw new Error(`${peer} does not verify it: ${JSON.stringify(outcome)}`);
  }
  if(round >= 0) {
    times.push(performance.now() - begun);
  }
}
process.stdout.write(JSON.stringify(times));
