// Incremental delivery (@defer/@stream over multipart/mixed) audit with raw checks and three real clients: meros, Apollo Client 4, urql.
// usage: node audit.mjs URL [--format v0.2|20220824|both] [--header 'name: value']
//   v0.2      Accept: multipart/mixed;incrementalSpec=v0.2   data/pending/incremental/completed/hasNext   (current spec draft, graphql-js 17)
//   20220824  Accept: multipart/mixed;deferSpec=20220824     incremental[{path,label,data|items}]/hasNext (legacy, Apollo Client < 4.1 default)
// env:   INC_QUERY (must @defer a part slower than the rest), INC_STREAM (a @stream query; '' skips), INC_PLAIN (undeferred query; default INC_QUERY without directives)
// exit:  0 every MUST check passed; 1 not
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { Client as UrqlClient, fetchExchange } from '@urql/core';
import { meros } from 'meros/browser';
import { isDeepStrictEqual } from 'node:util';

const args = process.argv.slice(2);
const url = args.find((a) => /^https?:/.test(a));
if (!url) { console.error('usage: node audit.mjs URL [--format v0.2|20220824|both]'); process.exit(2); }
const headers = Object.fromEntries(args.flatMap((a, i) => (a === '--header' ? [args[i + 1].split(/:\s*/, 2)] : [])));
const fmt = args.includes('--format') ? args[args.indexOf('--format') + 1] : 'both';
const { INC_QUERY = 'query Inc { user { id ... @defer(label: "d") { slowBio } friends { id ... @defer { slowBio(ms: 50) } } } }', INC_STREAM = '{ numbers(count: 5) @stream(initialCount: 1) }' } = process.env;
const strip = (q) => q.replace(/@(defer|stream)(\s*\([^)]*\))?/g, '');
const assert = (ok, msg) => { if (!ok) throw new Error(msg); };
const post = (query, accept, init = {}) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept, ...headers }, body: JSON.stringify({ query }), signal: AbortSignal.timeout(15_000), ...init });
const plain = async (q) => { const r = await post(process.env.INC_PLAIN && q === INC_QUERY ? process.env.INC_PLAIN : strip(q), 'application/json'); const j = await r.json(); assert(j.data, `plain query failed: ${JSON.stringify(j)}`); return j.data; };
const clean = (v) => JSON.parse(JSON.stringify(v, (k, x) => (k === '__typename' ? undefined : x)));
const same = (a, b) => assert(isDeepStrictEqual(clean(a), clean(b)), `merged ${JSON.stringify(a)} differs from undeferred ${JSON.stringify(b)}`);
const at = (root, path) => path.reduce((v, k) => v?.[k], root);
const deepMerge = (to, from) => { for (const [k, v] of Object.entries(from)) if (v && typeof v === 'object' && to[k] && typeof to[k] === 'object') deepMerge(to[k], v); else to[k] = v; };
function merger() { // follows either wire format
  const st = { data: undefined, pending: new Map() };
  return (p) => {
    if ('data' in p) st.data = structuredClone(p.data);
    for (const x of p.pending ?? []) st.pending.set(x.id, x);
    for (const x of p.incremental ?? []) {
      if ('id' in x) { const pd = st.pending.get(x.id); assert(pd, `incremental for unannounced id ${x.id}`); const tgt = at(st.data, [...pd.path, ...(x.subPath ?? [])]); if ('items' in x) tgt.push(...x.items); else deepMerge(tgt, x.data ?? {}); }
      else if ('items' in x) { const tgt = at(st.data, x.path.slice(0, -1)); tgt.push(...(x.items ?? [])); } else deepMerge(at(st.data, x.path), x.data ?? {});
    }
    for (const x of p.completed ?? []) { assert(st.pending.delete(x.id), `completed unannounced id ${x.id}`); }
    return st;
  };
}
/** RFC 2046 multipart reader over fetch: yields {headers, json, at} and remembers whether the closing delimiter came. */
async function readParts(res) {
  const ct = res.headers.get('content-type') ?? ''; const m = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(ct);
  assert(/^multipart\/mixed/i.test(ct), `status ${res.status}, content-type ${ct}`);
  const delim = `\r\n--${m ? m[1] ?? m[2] : '-'}`; let buf = '\r\n'; const parts = []; let closed = false; const dec = new TextDecoder(); let preamble = true;
  for await (const chunk of res.body) {
    buf += dec.decode(chunk, { stream: true });
    for (let i; !closed && (i = buf.indexOf(delim)) >= 0; ) {
      const part = buf.slice(0, i); const rest = buf.slice(i + delim.length); if (rest.length < 2 && !preamble && parts.length) { /* wait for the two bytes after the delimiter */ }
      if (!preamble || part.trim()) { if (part.trim()) { const h = part.indexOf('\r\n\r\n'); assert(h >= 0, `part without header block: ${JSON.stringify(part)}`); parts.push({ headers: Object.fromEntries(part.slice(0, h).trim().split('\r\n').map((l) => [l.split(':')[0].toLowerCase(), l.slice(l.indexOf(':') + 1).trim()])), json: JSON.parse(part.slice(h + 4)), at: Date.now() }); } }
      preamble = false; buf = rest; if (buf.startsWith('--')) closed = true;
    }
    if (buf.startsWith('--')) closed = true;
  }
  return { ct, parts, closed, delim };
}
const suite = (f, accept) => {
  const v02 = f === 'v0.2'; const raw = async (q) => readParts(await post(q, accept));
  return [
    ['I01', 'MUST', 'multipart/mixed with boundary, >= 2 JSON parts, closing delimiter', async () => { const r = await raw(INC_QUERY); assert(r.parts.length >= 2, `${r.parts.length} parts`); assert(r.closed, 'no closing delimiter'); for (const p of r.parts) assert(/^application\/(json|graphql-response\+json)/.test(p.headers['content-type'] ?? ''), JSON.stringify(p.headers)); return `${r.parts.length} parts, ${r.ct}`; }],
    ['I02', 'MUST', 'hasNext true on every part but the last', async () => { const h = (await raw(INC_QUERY)).parts.map((p) => p.json.hasNext); assert(h.at(-1) === false && h.slice(0, -1).every((x) => x === true), h.join()); }],
    ['I03', 'MUST', v02 ? 'v0.2 shape: pending announced, incremental by id, everything completed' : 'legacy shape: incremental entries carry path (and label)', async () => { const { parts } = await raw(INC_QUERY); const m = merger(); let st; for (const p of parts) st = m(p.json); if (v02) { assert(parts[0].json.pending?.length, 'no pending in the initial result'); assert(st.pending.size === 0, `never completed: ${[...st.pending.keys()]}`); } else { const inc = parts.flatMap((p) => p.json.incremental ?? []); assert(inc.length && inc.every((x) => Array.isArray(x.path)), JSON.stringify(inc)); assert(!parts.some((p) => p.json.pending), 'pending present'); if (/label/.test(INC_QUERY)) assert(inc.some((x) => x.label), 'label lost'); } }],
    ['I04', 'MUST', 'merged result equals the undeferred one', async () => { const m = merger(); let st; for (const p of (await raw(INC_QUERY)).parts) st = m(p.json); same(st.data, await plain(INC_QUERY)); }],
    ['I05', 'MUST', 'first part is sent before the deferred work is done', async () => { const { parts } = await raw(INC_QUERY); const d = parts.at(-1).at - parts[0].at; assert(d >= 20, `all parts within ${d} ms`); return `${d} ms apart`; }],
    ['I06', 'MUST', '@defer(if: false) gives one complete result', async () => { const r = await post(INC_QUERY.replace(/@defer(\s*\([^)]*\))?/g, '@defer(if: false)'), accept); let d; if (/^multipart/.test(r.headers.get('content-type'))) { const { parts } = await readParts(r); assert(parts.length === 1 && !parts[0].json.hasNext, JSON.stringify(parts)); d = parts[0].json.data; } else d = (await r.json()).data; same(d, await plain(INC_QUERY)); }],
    ['I07', 'MUST', '@stream merges to the full list', async () => { if (!INC_STREAM) return 'SKIP'; const m = merger(); let st; const { parts } = await raw(INC_STREAM); for (const p of parts) st = m(p.json); same(st.data, await plain(INC_STREAM)); assert(parts.length >= 2, 'one part'); }],
    ['I08', 'MUST', 'without multipart in Accept: 4xx or one complete JSON result, never hasNext', async () => { const r = await post(INC_QUERY, 'application/json'); const t = await r.text(); assert(!/^multipart/.test(r.headers.get('content-type') ?? ''), 'multipart though not accepted'); assert(r.status >= 400 || !/"hasNext"/.test(t), t); return `status ${r.status}`; }],
    ['I09', 'MUST', 'client gone after the first part: server keeps serving', async () => { const c = new AbortController(); const r = await post(INC_QUERY, accept, { signal: c.signal }); await r.body.getReader().read(); c.abort(); await plain(INC_QUERY); }],
    ['I10', 'MUST', 'client: meros', async () => { const r = await post(INC_QUERY, accept); const it = await meros(r); assert(typeof it[Symbol.asyncIterator] === 'function', `not multipart: ${r.headers.get('content-type')}`); const m = merger(); let st; let n = 0; for await (const p of it) { assert(p.json, 'part is not JSON for meros'); st = m(p.body); n++; } same(st.data, await plain(INC_QUERY)); return `${n} parts`; }],
    ['I11', 'MUST', `client: Apollo Client 4 (${v02 ? 'GraphQL17Alpha9Handler' : 'Defer20220824Handler'})`, async () => {
      let accepted; const client = new ApolloClient({ cache: new InMemoryCache({ addTypename: false }), incrementalHandler: v02 ? new GraphQL17Alpha9Handler() : new Defer20220824Handler(), link: ApolloLink.from([new HttpLink({ uri: url, headers, fetch: (u, o) => { accepted = new Headers(o.headers).get('accept'); return fetch(u, o); } })]) });
      const states = []; const obs = client.watchQuery({ query: gql(INC_QUERY), fetchPolicy: 'no-cache' });
      const final = await new Promise((res, rej) => { const t = setTimeout(() => rej(new Error(`no complete result; saw ${JSON.stringify(states)}`)), 10_000); obs.subscribe((r) => { states.push(r.dataState); if (r.error) { clearTimeout(t); rej(r.error); } if (r.dataState === 'complete' && !r.loading) { clearTimeout(t); res(r.data); } }); });
      client.stop(); same(final, await plain(INC_QUERY)); assert(states.includes('streaming'), `never streaming: ${states}`); return `${states.join('>')}; accept ${accepted}`; }],
    ['I12', 'MUST', 'client: urql', async () => {
      const client = new UrqlClient({ url, preferGetMethod: false, exchanges: [fetchExchange], fetchOptions: { headers: { ...headers, accept } } }); const seen = [];
      const final = await new Promise((res, rej) => { const t = setTimeout(() => rej(new Error(`no final result; saw ${JSON.stringify(seen)}`)), 10_000); client.query(INC_QUERY, {}).subscribe((r) => { seen.push({ data: r.data, hasNext: r.hasNext }); if (r.error) { clearTimeout(t); rej(r.error); } else if (!r.hasNext && !r.stale) { clearTimeout(t); res(r.data); } }); });
      same(final, await plain(INC_QUERY)); assert(seen.length > 1, 'one result only'); return `${seen.length} results`; }],
  ].map(([id, ...r]) => [`${id}/${f}`, ...r]);
};
const checks = [...(fmt !== '20220824' ? suite('v0.2', 'multipart/mixed;incrementalSpec=v0.2, application/json') : []), ...(fmt !== 'v0.2' ? suite('20220824', 'multipart/mixed;deferSpec=20220824, application/json') : [])];
let passed = 0, failed = 0, skipped = 0; const bad = [];
for (const [id, level, name, fn] of checks) {
  let status = 'ok', note = '';
  try { note = (await fn()) ?? ''; if (note === 'SKIP') { status = 'skip'; skipped++; } else passed++; } catch (e) { status = 'FAIL'; note = (e.cause?.message ?? e.message ?? String(e)).slice(0, 400); failed++; bad.push(id); }
  console.log(`${status.padEnd(4)} ${id} ${level} ${name}${note && note !== 'SKIP' ? `  [${note}]` : ''}`);
}
if (bad.length) console.log(`failing: ${bad.join(' ')}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
