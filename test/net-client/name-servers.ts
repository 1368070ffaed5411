import test, {type ExecutionContext} from 'ava';
import {type Recorded, recorded, typeAll} from './_recordings.js';

/** Numbers of messages, times and serials left out. */
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

const web = 'kubectl create service clusterip web --tcp=80 --clusterip=10.96.5.5';
const play = (t: ExecutionContext, setUp: readonly string[], rows: readonly Recorded[]) => typeAll(t, [web, ...setUp], rows, normal);

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
