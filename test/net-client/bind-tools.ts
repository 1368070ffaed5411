import {readFileSync} from 'node:fs';
import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

interface Recorded {
	readonly run: string;
	readonly out: string;
	readonly exitCode: number;
}

/** What BIND's own tools said when they asked CoreDNS in this world; numbers of messages, times and serials left out. */
const recorded = readFileSync('test/data/net-client/bind-tools.jsonl', 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line) as Recorded);

const normal = (text: string) =>
	text
		.replaceAll(/id: \d+/g, 'id: N')
		.replaceAll(/Query time: \d+ [mu]sec/g, 'Query time: T')
		.replaceAll(/;; WHEN: .*/g, ';; WHEN')
		.replaceAll(/DiG [\d.]\S*/g, 'DiG V')
		.replaceAll(/COOKIE: \w+/g, 'COOKIE')
		.replaceAll(/\bin \d+ ms/g, 'in T')
		// Remembered by the cache plugin for so long.
		.replaceAll(/(in-addr\.arpa\.\s+)\d+/g, '$1TTL')
		.replaceAll(/ttl = \d+/g, 'ttl = TTL')
		.replaceAll(/timestamp \S+/g, 'timestamp T')
		.replaceAll(/\b17952\d{5}\b/g, 'SERIAL');

test('dig, host and nslookup say what those of BIND say', async t => {
	const {session} = createPlayer(createCluster());
	for (const line of [
		'dnf install -y bind-utils',
		'kubectl create service clusterip web --tcp=80 --clusterip=10.96.5.5',
		'kubectl create service clusterip none --clusterip=None --tcp=80',
	])
		t.is((await session.run(line)).exitCode, 0);
	for (const {run, out, exitCode} of recorded) {
		const own = await session.run(run);
		t.is(normal(own.stdout + own.stderr), out, run);
		t.is(own.exitCode, exitCode, run);
	}
});
