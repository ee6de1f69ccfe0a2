// Runs every server audit of graphql-http against a URL and prints one line for each: "ok|fail <id> <name> [-> reason]".
import { serverAudits } from 'graphql-http';

const [url, ...headers] = process.argv.slice(2);
const extra = headers.map((header) => header.split(/:\s*/, 2));
const fetchFn = (target, init = {}) => {
  const all = new Headers(init.headers);
  for (const [name, value] of extra) all.set(name, value);
  return fetch(target, { ...init, headers: all, signal: AbortSignal.timeout(15_000) });
};
for (const audit of serverAudits({ url, fetchFn })) {
  const { status, reason } = await audit.fn().catch((e) => ({ status: 'error', reason: String(e) }));
  console.log(`${status === 'ok' ? 'ok' : 'fail'} ${audit.id} ${audit.name}${status === 'ok' ? '' : ` -> ${reason}`}`);
}
