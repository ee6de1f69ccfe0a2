// Runs Apollo's federation subgraph compatibility tests against a URL that serves their products schema. The graph is composed by
// @apollo/composition and served by @apollo/gateway, for the suite's own router is a binary that npm does not have.
// The suite fixes the ports 4000 (gateway), 4002 (users) and 4003 (inventory). Prints jest's report; its exit code is ours.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import gql from 'graphql-tag';

const [url, ignored = 'nothing'] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const suite = dirname(require.resolve('@apollo/federation-subgraph-compatibility-tests/package.json'));
const others = ['users', 'inventory'].map((name) =>
  spawn(process.execPath, ['index.js'], { cwd: join(suite, 'dist/subgraphs', name), stdio: 'inherit' }));

function leave(code) {
  others.forEach((other) => other.kill());
  process.exit(code);
}
process.on('SIGTERM', () => leave(143));

async function sdlOf(subgraph) {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(subgraph, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: '{ _service { sdl } }' }),
      });
      return (await response.json()).data._service.sdl;
    } catch (e) {
      if (attempt > 100) throw e;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

try {
  const subgraphs = { products: url, users: 'http://localhost:4002/', inventory: 'http://localhost:4003/' };
  const services = [];
  for (const [name, at] of Object.entries(subgraphs)) services.push({ name, url: at, typeDefs: gql(await sdlOf(at)) });
  const { supergraphSdl, errors } = composeServices(services);
  if (errors?.length) {
    errors.forEach((error) => console.log(`COMPOSITION FAILED: ${error.message}`));
    leave(1);
  }
  writeFileSync(join(suite, 'supergraph.graphql'), supergraphSdl);
  const gateway = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
  await startStandaloneServer(gateway, { listen: { port: 4000 } });
  const jest = spawn(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--rootDir', join(suite, 'dist'), '--testEnvironment', 'node',
      '--haste', '{"retainAllFiles":true}', '--testPathIgnorePatterns', ignored, '--runInBand', '--verbose'],
    { stdio: 'inherit', cwd: suite, env: { ...process.env, PRODUCTS_URL: url } });
  jest.on('exit', (code) => leave(code ?? 1));
} catch (e) {
  console.log(e);
  leave(2);
}
