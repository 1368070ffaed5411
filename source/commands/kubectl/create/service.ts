import {isSubdomain1123} from '../../../api/selector/label-syntax.js';
import {failure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import type {Call} from '../verb.js';
import {type Generator, meta} from './generator.js';

const tcpFlag: readonly Flag[] = [['tcp', 'strings', '']];

interface Port {
	name: string;
	protocol: string;
	port: number;
	targetPort: number | string;
	nodePort?: number;
}

const service = (name: string, type: string, ports: Port[], rest: {clusterIP?: string; externalName?: string} = {}) => ({
	kind: 'Service',
	apiVersion: 'v1',
	metadata: meta(name, {labels: {app: name}}),
	spec: {
		...(ports.length > 0 && {ports}),
		selector: {app: name},
		...(rest.clusterIP && {clusterIP: rest.clusterIP}),
		type,
		...(rest.externalName && {externalName: rest.externalName}),
	},
	status: {loadBalancer: {}},
});

function portsOf(call: Call, required: boolean): Port[] {
	const texts = call.flags.list('tcp');
	if (required && texts.length === 0) throw failure('at least one tcp port specifier must be provided');
	return texts.map(parsePort);
}

/** `80`, `80:8080` or `80:http`. */
function parsePort(text: string): Port {
	const [portText = '', targetText] = text.split(':');
	const port = parseUint16(portText);
	return {name: text.replaceAll(':', '-'), protocol: 'TCP', port, targetPort: targetText === undefined ? port : targetPort(targetText)};
}

function parseUint16(text: string): number {
	if (!/^\d+$/.test(text)) throw failure(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
	if (Number(text) > 65_535) throw failure(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
	return Number(text);
}

function targetPort(text: string): number | string {
	if (/^[-+]?\d+$/.test(text)) {
		if (Number(text) < 1 || Number(text) > 65_535) throw failure('must be between 1 and 65535, inclusive');
		return Number(text);
	}

	const problems = portNameProblems(text);
	if (problems.length > 0) throw failure(problems.join(','));
	return text;
}

/** validation.IsValidPortName */
export function portNameProblems(name: string): string[] {
	const problems: string[] = [];
	if (name.length > 15) problems.push('must be no more than 15 characters');
	if (!/^[-a-z0-9]+$/.test(name)) problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
	if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
	if (name.includes('--')) problems.push('must not contain consecutive hyphens');
	if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with a hyphen');
	return problems;
}

export const clusterIp: Generator = {
	name: 'clusterip',
	summary: 'Create a ClusterIP service',
	usage: 'service clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
	flags: [...tcpFlag, ['clusterip', 'string', '']],
	resource: 'services',
	failure: 'failed to create ClusterIP service: ',
	make(call, name) {
		const clusterIP = call.flags.string('clusterip');
		return service(name, 'ClusterIP', portsOf(call, clusterIP !== 'None'), {clusterIP});
	},
};

export const nodePort: Generator = {
	name: 'nodeport',
	summary: 'Create a NodePort service',
	usage: 'service nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
	flags: [...tcpFlag, ['node-port', 'int', '0']],
	resource: 'services',
	failure: 'failed to create NodePort service: ',
	make(call, name) {
		const ports = portsOf(call, true).map(port => (call.flags.int('node-port') ? {...port, nodePort: call.flags.int('node-port')} : port));
		return service(name, 'NodePort', ports);
	},
};

export const loadBalancer: Generator = {
	name: 'loadbalancer',
	summary: 'Create a LoadBalancer service',
	usage: 'service loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
	flags: tcpFlag,
	resource: 'services',
	failure: 'failed to create LoadBalancer service: ',
	make: (call, name) => service(name, 'LoadBalancer', portsOf(call, true)),
};

export const externalName: Generator = {
	name: 'externalname',
	summary: 'Create an ExternalName service',
	usage: 'service externalname NAME --external-name external.name [--dry-run=server|client|none]',
	flags: [...tcpFlag, ['external-name', 'string', '']],
	required: ['external-name'],
	resource: 'services',
	failure: 'failed to create ExternalName service: ',
	make(call, name) {
		const external = call.flags.string('external-name');
		if (isSubdomain1123(external).length > 0) throw failure(`invalid service external name ${external}`);
		return service(name, 'ExternalName', portsOf(call, false), {externalName: external});
	},
};
