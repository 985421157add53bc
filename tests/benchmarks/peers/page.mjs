// The same badge in a browser with common libraries: what a verification page bundles of them.
//
// The badge is in the address, as deflated JSON. `contexts` is put in by the bundler. Sets
// `data-shown` on the document's element when the signature is checked, and nothing else: no
// interface, no languages, no look.
import {verifyCredential} from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import '@digitalbazaar/ed25519-multikey';

const documents = CONTEXTS;

async function documentLoader(url) {
  if(!(url in documents)) {
    throw new Error(`not reachable: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: documents[url]};
}

async function show() {
  const packed = location.hash.slice(1).replace(/-/g, '+').replace(/_/g, '/');
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const credential = JSON.parse(await new Response(stream).text());
  const suite = new DataIntegrityProof({cryptosuite});
  const {verified} = await verifyCredential({credential, suite, documentLoader});
  document.body.textContent = verified ? 'verified' : 'not verified';
  document.documentElement.dataset.shown = verified;
}
show();
