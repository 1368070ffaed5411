import {failure} from '../failure.js';
import {type Generator, meta} from './generator.js';

/** Not anchored at its end: what follows is ignored, as the real one does (kubectl/pkg/cmd/create/create_ingress.go). */
const ruleForm = /^(?<host>[\w*.-]*)(?<path>\/.*)=(?<service>[\w-]+):(?<port>[\w-]+)(?:,tls=?[\w-]*)?/;

export const ingress: Generator = {
	name: 'ingress',
	aliases: ['ing'],
	summary: 'Create an ingress with the specified name',
	usage: 'ingress NAME --rule=host/path=service:port[,tls[=secret]] ',
	flags: [
		['annotation', 'array', ''],
		['class', 'string', ''],
		['default-backend', 'string', ''],
		['rule', 'array', ''],
	],
	resource: 'ingresses.networking.k8s.io',
	failure: 'failed to create ingress: ',
	make(call, name) {
		const {flags} = call;
		const rules = flags.list('rule');
		const fallback = flags.string('default-backend');
		if (rules.length === 0 && fallback === '') {
			throw failure(
				'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
			);
		}

		const parsed = rules.map(parseRule);
		if (fallback !== '' && fallback.split(':').length !== 2) throw failure('default-backend should be in format servicename:serviceport');
		const annotations = annotationsOf(flags.list('annotation'));
		const tls = tlsOf(parsed);
		return {
			kind: 'Ingress',
			apiVersion: 'networking.k8s.io/v1',
			metadata: meta(name, annotations && {annotations}),
			spec: {
				...(flags.string('class') && {ingressClassName: flags.string('class')}),
				...(fallback && {defaultBackend: backend(...(fallback.split(':') as [string, string]))}),
				...(tls.length > 0 && {tls}),
				...(parsed.length > 0 && {rules: rulesOf(parsed)}),
			},
			status: {loadBalancer: {}},
		};
	},
};

interface Rule {
	readonly host: string;
	readonly path: string;
	readonly service: string;
	readonly port: string;
	readonly tls: boolean;
	readonly secret: string;
}

function parseRule(text: string): Rule {
	const groups = ruleForm.exec(text)?.groups;
	if (!groups) throw failure(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
	return {
		host: groups['host'] ?? '',
		path: groups['path']!,
		service: groups['service']!,
		port: groups['port']!,
		// Whatever is behind a comma counts as `tls` (create_ingress.go, buildTLSRules).
		tls: text.includes(','),
		secret: text.split(',')[1]?.split('=')[1] ?? '',
	};
}

function annotationsOf(pairs: readonly string[]): Record<string, string> | undefined {
	if (pairs.length === 0) return undefined;
	return Object.fromEntries(
		pairs.map(pair => {
			const equals = pair.indexOf('=');
			if (equals === -1) throw failure(`annotation ${pair} is invalid and should be in format key=[value]`);
			return [pair.slice(0, equals), pair.slice(equals + 1)];
		}),
	);
}

const backend = (name: string, port: string) => ({service: {name, port: /^\d+$/.test(port) ? {number: Number(port)} : {name: port}}});

/** Rules of one host are one entry, in the order of first mention. */
function rulesOf(rules: readonly Rule[]) {
	const hosts = [...new Set(rules.map(rule => rule.host))];
	return hosts.map(host => ({
		...(host && {host}),
		http: {
			paths: rules
				.filter(rule => rule.host === host)
				.map(({path, service, port}) => ({
					path: path.replace(/\*$/, ''),
					pathType: path.endsWith('*') ? 'Prefix' : 'Exact',
					backend: backend(service, port),
				})),
		},
	}));
}

/** A host is listed once, under the first secret it was named with. */
function tlsOf(rules: readonly Rule[]): Array<{hosts?: string[]; secretName?: string}> {
	const entries: Array<{hosts?: string[]; secretName?: string}> = [];
	const seen = new Set<string>();
	for (const {host, secret, tls} of rules) {
		if (!tls || seen.has(host)) continue;
		seen.add(host);
		const same = entries.find(entry => (entry.secretName ?? '') === secret);
		if (same) same.hosts = [...(same.hosts ?? []), host];
		else if (host || secret) entries.push({...(host && {hosts: [host]}), ...(secret && {secretName: secret})});
	}

	return entries;
}
