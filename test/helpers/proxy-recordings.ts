import {readFileSync} from 'node:fs';
import {parseAllDocuments} from 'yaml';
import type {KubeObject} from '../../source/api/object.js';
import {kubeProxy} from '../../source/images/kube-proxy/kube-proxy.js';
import {createHarness, type Harness} from './program-harness.js';

export const folder = new URL('../data/proxy/kube-proxy-1.33/', import.meta.url);
export const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');
export const objectsOf = (path: string): KubeObject[] =>
	parseAllDocuments(read(path))
		.map(document => document.toJS())
		.filter(Boolean);
export const config = read('config.conf');
export const argv = ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=k8s-node1'];

export function started(
	objects: readonly KubeObject[],
	text = config,
	prepare: (harness: Harness) => void = () => {},
	flags: readonly string[] = [],
): Harness {
	const harness = createHarness(kubeProxy, {'/var/lib/kube-proxy/config.conf': text}, [...objectsOf('cluster.yaml'), ...objects]);
	prepare(harness);
	harness.start([...argv, ...flags]);
	harness.advance(2000);
	return harness;
}

/** Services stand in shared chains in an order that is drawn anew each time; the NOTE rule is last. */
const shared = /^-A (KUBE-SERVICES|KUBE-NODEPORTS|KUBE-EXTERNAL-SERVICES|KUBE-PROXY-FIREWALL) /;

/** iptables-save text without comments and counters, shared chains sorted by service port. */
export function comparable(text: string): string[] {
	const lines = text
		.split('\n')
		.filter(line => line && !line.startsWith('#'))
		.map(line => line.replace(/ \[\d+:\d+\]$/, ''));
	const portOf = (line: string) => /--comment "?([^" ]+)/.exec(line)?.[1] ?? '';
	const rank = (line: string) => `${line.includes('NOTE:') ? '~' : portOf(line)}`;
	const out: string[] = [];
	for (let i = 0; i < lines.length; ) {
		const chain = shared.exec(lines[i]!)?.[1];
		if (!chain) {
			out.push(lines[i++]!);
			continue;
		}

		const run: string[] = [];
		while (i < lines.length && lines[i]!.startsWith(`-A ${chain} `)) run.push(lines[i++]!);
		out.push(
			...run
				.map((line, at) => ({line, at}))
				.sort((a, b) => (rank(a.line) < rank(b.line) ? -1 : rank(a.line) > rank(b.line) ? 1 : a.at - b.at))
				.map(({line}) => line),
		);
	}

	return out;
}

export const saved = ({stack}: Harness, family: 'iptables' | 'ip6tables' = 'iptables') =>
	stack[family]
		.tables()
		.map(({name}) => stack[family].save(name))
		.join('');

/** Log lines without times, process and version. */
export const logLines = (text: string) =>
	text
		.split('\n')
		.filter(Boolean)
		.map(line => line.replace(/^([IEW])\d{4} \S+ +\d+ /, '$1 ').replace(/v1\.33\.\d+/, 'v1.33'))
		.filter(line => /^[IEW] /.test(line) && !/config.go|shared_informer/.test(line));
