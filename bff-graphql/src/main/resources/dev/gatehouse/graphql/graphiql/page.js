'use strict';
(() => {
  const e = React.createElement;
  const url = location.pathname;
  // Says that no other site's page could have sent the request.
  const headers = { 'graphql-require-preflight': '1' };
  const given = new URLSearchParams(location.search);

  const post = async (request) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(request),
    });
    return response.json();
  };

  const table = (calls) =>
    e('table', { className: 'plan-calls' },
      e('thead', null, e('tr', null,
        ['service', 'operation', 'from (ms)', 'took (ms)', 'status'].map((name) => e('th', { key: name }, name)))),
      e('tbody', null, calls.map((call, i) =>
        e('tr', { key: i },
          e('td', null, call.service),
          e('td', null, call.operation),
          e('td', null, (call.startMicros / 1000).toFixed(1)),
          e('td', null, (call.durationMicros / 1000).toFixed(1)),
          e('td', null, call.failure || call.status)))));

  const shown = (answer) => {
    const explain = answer.extensions && answer.extensions.explain;
    if (!explain) {
      return e('p', { className: 'plan-error' }, answer.errors ? answer.errors[0].message : 'No plan.');
    }
    return e('div', null,
      e('p', null, `At most ${explain.maxCalls} calls and ${explain.maxRows} rows; made ${explain.calls.length}.`),
      table(explain.calls),
      explain.fields.map((field) => e('div', { key: field.key },
        e('h3', null, field.key),
        e('div', { className: 'plan-text' }, field.text))));
  };

  function Plan() {
    const { queryEditor, variableEditor } = GraphiQL.React.useEditorContext({ nonNull: true });
    const [answer, setAnswer] = React.useState(null);
    const explain = async () => {
      try {
        const variables = variableEditor && variableEditor.getValue().trim();
        setAnswer(await post({
          query: queryEditor.getValue(),
          operationName: queryEditor.operationName || undefined,
          variables: variables ? JSON.parse(variables) : undefined,
          extensions: { explain: true },
        }));
      } catch (failure) {
        setAnswer({ errors: [{ message: String(failure) }] });
      }
    };
    return e('section', { 'aria-label': 'Plan' },
      e('div', { className: 'graphiql-doc-explorer-title' }, 'Plan'),
      e('p', null, 'Runs the operation, and tells what was planned and called for it.'),
      e('button', { type: 'button', className: 'graphiql-button', id: 'run-and-explain', onClick: explain }, 'Run and explain'),
      answer && shown(answer));
  }

  const icon = () => e('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 2 },
    e('circle', { cx: 5, cy: 12, r: 3 }),
    e('circle', { cx: 19, cy: 5, r: 3 }),
    e('circle', { cx: 19, cy: 19, r: 3 }),
    e('path', { d: 'M8 11 16 6M8 13l8 5' }));

  ReactDOM.createRoot(document.getElementById('graphiql')).render(e(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url, headers, subscriptionUrl: location.origin.replace(/^http/, 'ws') + url }),
    query: given.get('query') || undefined,
    variables: given.get('variables') || undefined,
    operationName: given.get('operationName') || undefined,
    plugins: [{ title: 'Plan', icon, content: Plan }],
    defaultQuery: '# Write an operation here, and run it with Ctrl-Enter.\n',
  }));
})();
