// A session of Step Functions with Node's http and aws4: node.js ENDPOINT KEY SECRET [TOKEN]
//
// Prints `ok STEP` for each step, or `FAIL STEP: why` and ends with status 1.
'use strict';

const assert = require('assert/strict');
const http = require('http');
const aws4 = require('aws4');

const [endpoint, accessKeyId, secretAccessKey, sessionToken] = process.argv.slice(2);
const { host, hostname, port } = new URL(endpoint);
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
const roleArn = 'arn:aws:iam::123456789012:role/any';
const machines = [];
let run, activity;

function call(operation, members = {}) {
  const options = aws4.sign({
    host, hostname, port, agent, service: 'states', region: 'us-east-1', method: 'POST', path: '/',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `AWSStepFunctions.${operation}`,
    },
    body: JSON.stringify(members),
  }, { accessKeyId, secretAccessKey, sessionToken });
  delete options.host;
  return new Promise((resolve, reject) => {
    const request = http.request(options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString());
        if (answer.statusCode === 200) return resolve(body);
        const name = body.__type.split('#').pop();
        return reject(Object.assign(new Error(`${name}: ${body.message}`), { name }));
      });
    });
    request.on('error', reject);
    request.end(options.body);
  });
}

async function machine(name, states, type = 'STANDARD') {
  const made = await call('CreateStateMachine', {
    name, type, roleArn, definition: JSON.stringify({ StartAt: 'S', States: states }),
    tags: [{ key: 'team', value: 'a b' }],
  });
  assert(Math.abs(made.creationDate * 1000 - Date.now()) < 60000);
  machines.push(made.stateMachineArn);
  return made.stateMachineArn;
}

async function start(stateMachineArn, input) {
  return (await call('StartExecution', { stateMachineArn, input })).executionArn;
}

async function ended(executionArn) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await call('DescribeExecution', { executionArn });
    if (found.status !== 'RUNNING') return found;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error('it does not end');
}

async function* pages(operation, members) {
  let nextToken;
  do {
    const page = await call(operation, { ...members, nextToken });
    yield page;
    nextToken = page.nextToken;
  } while (nextToken);
}

const steps = {
  async create() {
    await machine('node', {
      S: { Type: 'Wait', Seconds: 1, Next: 'P' }, P: { Type: 'Pass', End: true },
    });
  },
  async start() {
    run = await start(machines[0], '{"x":"ß"}');
    const found = await ended(run);
    assert.deepEqual([found.status, found.output], ['SUCCEEDED', '{"x":"ß"}']);
  },
  async history() {
    const found = [];
    for await (const page of pages('GetExecutionHistory', { executionArn: run, maxResults: 4 })) {
      found.push(page.events.map((event) => event.type));
    }
    assert.deepEqual(found, [
      ['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'PassStateEntered'],
      ['PassStateExited', 'ExecutionSucceeded'],
    ]);
  },
  async stop() {
    const long = await machine('node-long', { S: { Type: 'Wait', Seconds: 600, End: true } });
    const executionArn = await start(long, '{}');
    await call('StopExecution', { executionArn, error: 'Enough', cause: 'tired of it' });
    const found = await ended(executionArn);
    assert.deepEqual(
      [found.status, found.error, found.cause], ['ABORTED', 'Enough', 'tired of it']);
  },
  async list() {
    let count = 0;
    for await (const page of pages('ListStateMachines', { maxResults: 1 })) {
      count += page.stateMachines.length;
    }
    const stopped = await call(
      'ListExecutions', { stateMachineArn: machines[1], statusFilter: 'ABORTED' });
    assert.deepEqual([count, stopped.executions.length], [2, 1]);
  },
  async tags() {
    const resourceArn = machines[0];
    await call('TagResource', { resourceArn, tags: [{ key: 'more', value: '' }] });
    assert.equal((await call('ListTagsForResource', { resourceArn })).tags.length, 2);
  },
  async errors() {
    const executionArn = run.replace('execution:node:', 'execution:no:');
    await assert.rejects(
      call('DescribeExecution', { executionArn }), { name: 'ExecutionDoesNotExist' });
    await assert.rejects(
      call('CreateStateMachine', { name: 'bad', roleArn, definition: '{}' }),
      { name: 'InvalidDefinition' });
  },
  async activity() {
    activity = (await call('CreateActivity', { name: 'node' })).activityArn;
    const working = await machine('node-work', {
      S: { Type: 'Task', Resource: activity, End: true },
    });
    // The worker asks before there is anything to do.
    const asked = call('GetActivityTask', { activityArn: activity });
    const job = await start(working, '{"job":1}');
    const { taskToken, input } = await asked;
    await call('SendTaskHeartbeat', { taskToken });
    await call('SendTaskSuccess', { taskToken, output: input });
    assert.equal((await ended(job)).output, '{"job":1}');
    await assert.rejects(
      call('SendTaskSuccess', { taskToken, output: '1' }), { name: 'TaskTimedOut' });
  },
  async sync() {
    const stateMachineArn = await machine(
      'node-express', { S: { Type: 'Pass', End: true } }, 'EXPRESS');
    const ran = await call('StartSyncExecution', { stateMachineArn, input: '[1]' });
    assert.deepEqual([ran.status, ran.output], ['SUCCEEDED', '[1]']);
  },
  async delete() {
    await Promise.all(machines.map(
      (stateMachineArn) => call('DeleteStateMachine', { stateMachineArn })));
    await call('DeleteActivity', { activityArn: activity });
    assert.deepEqual((await call('ListActivities')).activities, []);
  },
};

(async () => {
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
    } catch (error) {
      console.log(`FAIL ${name}: ${error.message.replaceAll('\n', ' ')}`);
      process.exit(1);
    }
    console.log(`ok ${name}`);
  }
  agent.destroy();
})();
