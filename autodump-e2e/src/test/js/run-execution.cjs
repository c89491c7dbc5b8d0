// Runs one execution in an interpreter that nobody of AutoDump wrote. What the tasks do, and when a long wait is over,
// is decided by the bridge: autodump-e2e's LocalStepFunctions, in Java.
//
//   node run-execution.cjs FOLDER-OF-NODE_MODULES BRIDGE-URL < {"definition", "validate", "input", "context", "now"}
//
// Prints {"status", "output" | "error" and "cause", "states"}.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

// The interpreter is written for Node 22; this is all that Node 18 and 20 lack.
Promise.withResolvers ??= () => {
  const resolvers = {};
  resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
};

const [modules, bridge] = process.argv.slice(2);
const request = JSON.parse(fs.readFileSync(0, 'utf8'));

async function post(place, body) {
  const answer = await fetch(bridge + place, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the bridge answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

// The test's clock, and its decision when a wait is over. A timer of Node's also can't wait for more than 24 days.
const A_DAY = 24 * 60 * 60 * 1000;
const now = Date.now;
const ahead = Date.parse(request.now) - now();
Date.now = () => now() + ahead;
const timer = globalThis.setTimeout;
globalThis.setTimeout = (callback, delay, ...rest) => {
  if (!(delay >= A_DAY)) return timer(callback, delay, ...rest);
  const until = new Date(Math.round((Date.now() + delay) / 1000) * 1000).toISOString();
  post('/wait', { until }).then(() => callback(...rest), fail);
  return undefined;
};

function fail(error) {
  console.error(error);
  process.exit(1);
}

function tasks(definition, found = {}) {
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') found[name] = state.Resource;
    (state.Branches ?? []).forEach((branch) => tasks(branch, found));
  }
  return found;
}

// Pauses whose length the definition counts in seconds; the wait for an instant is the test's.
function waits(definition, found = {}) {
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Wait' && state.SecondsPath) found[name] = 0;
    (state.Branches ?? []).forEach((branch) => waits(branch, found));
  }
  return found;
}

async function perform(state, resource, parameters) {
  const answer = await post('/task', { state, resource, parameters });
  if (answer.error !== undefined) {
    throw Object.assign(new Error(answer.cause), { name: answer.error });
  }
  return answer.result;
}

async function run() {
  const { StateMachine } = createRequire(path.join(modules, 'any.js'))('aws-local-stepfunctions');
  const resources = tasks(request.definition);
  const handlers = {};
  const pauses = {};
  for (const [name, resource] of Object.entries(resources)) {
    handlers[name] = (parameters) => perform(name, resource, parameters);
    pauses[name] = 0;
  }
  const execution = new StateMachine(request.definition, {
    validationOptions: { noValidate: !request.validate },
  }).run(request.input, {
    overrides: {
      taskResourceLocalHandlers: handlers,
      retryIntervalOverrides: pauses,
      waitTimeOverrides: waits(request.definition),
    },
    context: request.context,
  });
  const states = [];
  const log = (async () => {
    for await (const event of execution.eventLogs) {
      if (event.type === 'StateEntered') states.push(event.state.name);
    }
  })();
  let result;
  try {
    result = { status: 'SUCCEEDED', output: await execution.result };
  } catch (failed) {
    result = { status: 'FAILED', error: failed.cause?.name ?? failed.name, cause: failed.cause?.message ?? failed.message };
  }
  await log;
  fs.writeSync(1, JSON.stringify({ ...result, states }));
  process.exit(0);
}

run().catch(fail);
