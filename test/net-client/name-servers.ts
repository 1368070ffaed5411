import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

interface Recorded {
	readonly run: string;
	readonly out: string;
	readonly exitCode: number;
}

/** What the real tools said when they asked CoreDNS in this world; numbers of messages, times and serials left out. */
const recorded = (name: string): readonly Recorded[] =>
	readFileSync(`test/data/net-client/${name}.jsonl`, 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));

const normal = (text: string) =>
	text
		.replaceAll(/id: \d+/g, 'id: N')
		.replaceAll(/Query time: \d+ [mu]sec/g, 'Query time: T')
		.replaceAll(/;; WHEN: .*/g, ';; WHEN')
		.replaceAll(/DiG [\d.]\S*/g, 'DiG V')
		.replaceAll(/COOKIE: \w+/g, 'COOKIE')
		.replaceAll(/\bin \d+ ?ms:?/g, 'in T')
		// Remembered by the cache plugin for so long.
		.replaceAll(/(in-addr\.arpa\.\s+)\d+/g, '$1TTL')
		.replaceAll(/ttl = \d+/g, 'ttl = TTL')
		.replaceAll(/timestamp \S+/g, 'timestamp T')
		.replaceAll(/\b17952\d{5}\b/g, 'SERIAL')
		.replaceAll(/BusyBox v.*/g, 'BusyBox')
		.replaceAll(/command terminated with exit code \d+\n/g, '');

async function play(t: ExecutionContext, setUp: readonly string[], rows: readonly Recorded[]) {
	const {play, session} = createPlayer(createCluster());
	for (const line of ['kubectl create service clusterip web --tcp=80 --clusterip=10.96.5.5', ...setUp])
		t.is((await play(line)).exitCode, 0);
	for (const {run, out, exitCode} of rows) {
		const own = await session.run(run);
		t.is(normal(own.stdout + own.stderr), normal(out), run);
		t.is(own.exitCode, exitCode, run);
	}
}

test(
	'dig, host and nslookup say what those of BIND say',
	play,
	['dnf install -y bind-utils', 'kubectl create service clusterip none --clusterip=None --tcp=80'],
	recorded('bind-tools'),
);

test(
	'nslookup in a small container says what that of BusyBox says',
	play,
	['kubectl run bb --image=busybox:1.36 -- sleep 1d', 'kubectl create service externalname ext --external-name=example.com'],
	recorded('busybox-nslookup'),
);
