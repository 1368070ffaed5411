import {readFileSync} from 'node:fs';
import test from 'ava';
import {discover} from '../../source/api/verbs/discovery.js';
import kinds from '../../source/kinds/index.js';
import type {Exchange} from './_http.js';

const exchanges: Exchange[] = readFileSync(new URL('../data/api/wire.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

/** The hash tells storage versions apart; nothing here depends on it. */
const withoutHash = (body: unknown): unknown =>
	JSON.parse(JSON.stringify(body, (key, value) => (key === 'storageVersionHash' ? undefined : value)));

for (const path of ['/api', '/apis', '/api/v1', '/apis/apps/v1', '/apis/networking.k8s.io/v1', '/apis/discovery.k8s.io/v1']) {
	test(`discovery of ${path} is that of a v1.33 server`, t => {
		const recorded = exchanges.find(exchange => exchange.path === path && exchange.request.accept === 'application/json')!;
		t.deepEqual(discover(kinds, path, '172.25.254.100:6443'), withoutHash(recorded.body) as object);
	});
}

test('nothing is served where no kind is', t => {
	t.is(discover(kinds, '/apis/nope.io/v1', ''), undefined);
	t.is(discover(kinds, '/api/v2', ''), undefined);
});
