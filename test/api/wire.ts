import {readFileSync} from 'node:fs';
import test from 'ava';
import {type Exchange, toRequest} from './_http.js';
import {createServer} from './_world.js';

const exchanges: Exchange[] = readFileSync(new URL('../data/api/wire.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

/** What only the HTTP layer or a controller could answer. */
const elsewhere: Record<string, string> = {
	'no token': 'authentication is the HTTP layer’s',
	'not json': 'parsing is the HTTP layer’s',
	'yaml body': 'parsing is the HTTP layer’s',
	'get as yaml': 'parsing is the HTTP layer’s',
	'bad content type': 'content types are the HTTP layer’s',
	'not acceptable': 'content types are the HTTP layer’s',
	'bad patch type': 'content types are the HTTP layer’s',
	update: 'names a resourceVersion of the recording',
	'endpoints warning': 'needs the endpoints controller',
	evict: 'needs the pods of the deployment',
};
const random = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp', 'managedFields', 'time']);

/** Uids in texts differ, as do fields that time and chance decide. */
const comparable = (body: unknown): unknown =>
	JSON.parse(
		JSON.stringify(body, (key, value) => (random.has(key) ? undefined : value)).replace(
			/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
			'<uid>',
		),
	);

test('requests recorded from a v1.33 API server get the same status and the same Status body', t => {
	const {api} = createServer();
	let compared = 0;
	for (const exchange of exchanges) {
		const request = toRequest(exchange);
		if (!request) continue;
		const answer = api.handle(request);
		if (elsewhere[exchange.name]) continue;
		compared++;
		t.is(answer.code, exchange.status, `${exchange.name}: ${JSON.stringify(answer.body)}`);
		if (exchange.body?.kind === 'Status') t.deepEqual(comparable(answer.body), comparable(exchange.body), exchange.name);
	}

	t.true(compared >= 50, `${compared} exchanges compared`);
});

test('an unknown field is warned of, with its path', t => {
	const exchange = exchanges.find(({name}) => name === 'warn unknown field')!;
	t.deepEqual(createServer().api.handle(toRequest(exchange)!).warnings, ['unknown field "dataa"']);
});

test('a created deployment comes back with every default a real server fills in', t => {
	const exchange = exchanges.find(({name}) => name === 'create deployment')!;
	const {body} = createServer().api.handle(toRequest(exchange)!);
	t.deepEqual(comparable(body.spec), comparable(exchange.body.spec));
	t.deepEqual(body.status, {});
});

test('managedFields of a create are those of a real server', t => {
	const exchange = exchanges.find(({name}) => name === 'create deployment')!;
	const {body} = createServer().api.handle(toRequest(exchange)!);
	t.deepEqual(body.metadata.managedFields[0].fieldsV1, exchange.body.metadata.managedFields[0].fieldsV1);
});
