import type {PortBinding} from '../../../../node/engine/model.js';
import {failure} from '../failure.js';

const invalid = (text: string, why: string) => failure(`docker: ${why}: ${text}\n\nRun 'docker run --help' for more information`, 125);

function rangeOf(text: string): readonly [first: number, last: number] | undefined {
	const match = /^(\d+)(?:-(\d+))?$/.exec(text);
	if (!match) return undefined;
	const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
	return first <= last && last <= 65_535 ? [first, last] : undefined;
}

/** `[[ip:][host]:]container[/proto]`, each a port or a range. Models go-connections/nat. */
export function parsePort(text: string): PortBinding[] {
	const [ports = '', protocol = 'tcp'] = text.split('/');
	if (protocol === 'sctp') throw failure('kubelab: not simulated: docker run -p .../sctp', 125);
	if (protocol !== 'tcp' && protocol !== 'udp') throw invalid(protocol, 'invalid proto');
	const parts = ports.split(':');
	const container = parts.at(-1) ?? '';
	const host = parts.length > 1 ? parts.at(-2)! : '';
	const hostAddress = parts
		.slice(0, -2)
		.join(':')
		.replace(/^\[|\]$/g, '');
	if (container === '') throw invalid(`${text}<empty>`, 'no port specified');
	const inner = rangeOf(container);
	if (!inner) throw invalid(container, 'invalid containerPort');
	const outer = host === '' ? undefined : rangeOf(host);
	if (host !== '' && !outer) throw invalid(host, 'invalid hostPort');
	if (hostAddress !== '' && !/^\d{1,3}(\.\d{1,3}){3}$/.test(hostAddress)) throw invalid(hostAddress, 'invalid IP address');
	const count = inner[1] - inner[0] + 1;
	if (outer && outer[1] - outer[0] + 1 !== count && count !== 1)
		throw invalid(text, 'invalid ranges specified for container and host Ports');
	return Array.from({length: count}, (_, index) => ({
		protocol,
		containerPort: inner[0] + index,
		hostAddress,
		...(outer && {hostPort: outer[0] + index}),
	}));
}

/** `80`, `80/udp`, `7000-8000`: what --expose names. */
export function parseExposed(text: string): string[] {
	const [ports = '', protocol = 'tcp'] = text.split('/');
	const found = rangeOf(ports);
	if (!found)
		throw failure(
			`docker: invalid range format for --expose: ${text}, error: strconv.ParseUint: parsing "${ports}": invalid syntax\n\nRun 'docker run --help' for more information`,
			125,
		);
	return Array.from({length: found[1] - found[0] + 1}, (_, index) => `${found[0] + index}/${protocol}`);
}
