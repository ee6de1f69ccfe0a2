// The clients that frontends use, against the storefront. usage: node clients.mjs [ORIGIN [ORIGIN OF THE PRICING SERVICE]]
// Prints a line for each thing that was done; ends with 1 where one went wrong.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client as UrqlClient, cacheExchange, fetchExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import assert from 'node:assert/strict';

const origin = process.argv[2] ?? 'http://127.0.0.1:8080';
const pricing = process.argv[3] ?? 'http://127.0.0.1:7102';
const url = `${origin}/graphql`;

const PAGE = gql`
  query Page($id: ID!) {
    productPage(id: $id) {
      id
      name
      price { amount currency }
      reviews { id rating author { name } }
    }
  }
`;
const ADD = gql`
  mutation Add($line: AddLineInput!) {
    addToCart(line: $line) { id units lines { quantity product { id name } } }
  }
`;

/** Apollo Client: a query whose second answer comes from the client's cache, and a mutation. */
async function apollo() {
  let requests = 0;
  const counting = new ApolloLink((operation, forward) => {
    requests++;
    return forward(operation);
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([counting, new HttpLink({ uri: url })]),
  });
  const page = async () => (await client.query({ query: PAGE, variables: { id: 'p-1' } })).data.productPage;
  const first = await page();
  assert.deepEqual(await page(), first);
  assert.equal(requests, 1);
  say('Apollo Client', `${first.name}, ${first.reviews.length} reviews, asked for once`);

  const line = { cart: `apollo-${Date.now()}`, productId: 'p-1', quantity: 2 };
  const { data } = await client.mutate({ mutation: ADD, variables: { line } });
  assert.equal(data.addToCart.units, 2);
  say('Apollo Client', `${data.addToCart.units} in the cart`);
  client.stop();
}

/** Apollo Client, sending hashes in place of documents: the second time the server knows this one. */
async function persisted() {
  const sent = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex') }),
      new HttpLink({
        uri: url,
        fetch: (target, init) => {
          sent.push('query' in JSON.parse(init.body));
          return fetch(target, init);
        },
      }),
    ]),
  });
  const ask = (id) => client.query({ query: PAGE, variables: { id }, fetchPolicy: 'network-only' });
  await ask('p-3');
  sent.length = 0;
  const { data } = await ask('p-4');
  assert.deepEqual(sent, [false]);
  say('Apollo Client, persisted queries', `${data.productPage.name}, without sending the document`);
  client.stop();
}

/** Apollo Client: the page at once, its reviews when they are there. */
async function deferred() {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    incrementalHandler: new GraphQL17Alpha9Handler(),
    link: new HttpLink({ uri: url }),
  });
  const query = gql`
    query Deferred($id: ID!) {
      productPage(id: $id) { id name ... @defer { reviews { id author { name } } } }
    }
  `;
  const states = [];
  const page = await new Promise((resolve, reject) => {
    client.watchQuery({ query, variables: { id: 'p-1' } }).subscribe((result) => {
      states.push(result.dataState);
      if (result.error) reject(result.error);
      if (result.dataState === 'complete') resolve(result.data.productPage);
    });
  });
  assert.ok(states.includes('streaming'), states.join());
  say('Apollo Client, @defer', `${page.name} first, then ${page.reviews.length} reviews`);
  client.stop();
}

/** urql: the same query, and an error that says where and why. */
async function urql() {
  const client = new UrqlClient({ url, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });
  const page = await client.query(PAGE, { id: 'p-2' }).toPromise();
  assert.equal(page.error, undefined);
  say('urql', page.data.productPage.name);

  const wrong = await client.query('query ($id: ID!) { productPage(id: $id) { nmae } }', { id: 'p-2' }).toPromise();
  const [error] = wrong.error.graphQLErrors;
  assert.equal(error.extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  say('urql', `${error.extensions.code} at line ${error.locations[0].line}, column ${error.locations[0].column}`);
}

/** The new price of a product, which changes five times a second. */
async function priceChange(name, client, product) {
  const query = 'subscription ($id: ID!) { priceChanged(id: $id) { name price { amount } } }';
  const changing = setInterval(
    () => fetch(`${pricing}/prices/${product}`, { method: 'PUT', body: JSON.stringify({ amount: 12.5 }) }),
    200,
  );
  try {
    for await (const { data } of client.iterate({ query, variables: { id: product } })) {
      assert.equal(data.priceChanged.price.amount, 12.5);
      say(name, `${data.priceChanged.name} now costs ${data.priceChanged.price.amount}`);
      break;
    }
  } finally {
    clearInterval(changing);
    await client.dispose();
  }
}

/** graphql-ws: a subscription over a WebSocket. */
const graphqlWs = () =>
  priceChange('graphql-ws', createSocketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket }), 'p-3');

/** graphql-sse: the same as an event stream. */
const graphqlSse = () => priceChange('graphql-sse', createSseClient({ url }), 'p-4');

const PRICES = 'subscription ($id: ID!) { priceChanged(id: $id) { name price { amount } } }';

/** graphql-ws: prices as they change, over a WebSocket. */
async function socket() {
  const client = createSocketClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  const amount = await firstPrice(client.iterate({ query: PRICES, variables: { id: 'p-5' } }), 'p-5', 19.5);
  say('graphql-ws', `p-5 costs ${amount}`);
  await client.dispose();
}

/** graphql-sse: the same as an event stream. */
async function events() {
  const client = createSseClient({ url, retryAttempts: 0 });
  const amount = await firstPrice(client.iterate({ query: PRICES, variables: { id: 'p-6' } }), 'p-6', 29.5);
  say('graphql-sse', `p-6 costs ${amount}`);
  client.dispose();
}

/** Changes a price until a change is told: nothing says when a subscription has begun. */
async function firstPrice(changes, id, amount) {
  const timer = setInterval(() => fetch(`${pricing}/prices/${id}`, { method: 'PUT', body: JSON.stringify({ amount }) }), 200);
  try {
    const { value } = await changes.next();
    assert.equal(value.data.priceChanged.price.amount, amount);
    return amount;
  } finally {
    clearInterval(timer);
    await changes.return();
  }
}

function say(client, what) {
  console.log(`${client}: ${what}`);
}

for (const scenario of [apollo, urql, graphqlWs, graphqlSse]) {
  try {
    await scenario();
  } catch (e) {
    console.error(`${scenario.name}: ${e.stack}`);
    process.exitCode = 1;
  }
}
