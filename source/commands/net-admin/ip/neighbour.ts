import type {Namespace} from '../../../net/namespace.js';
import {IpFailure, NotSimulated} from './failure.js';

export function ipNeighbour(stack: Namespace, words: readonly string[]): string {
	const [verb = 'show', ...rest] = words;
	const dev = rest[rest.indexOf('dev') + 1];
	const onDevice = rest.includes('dev');
	if (onDevice && !stack.links.get(dev ?? '')) throw new IpFailure(1, `Cannot find device "${dev}"`);
	if ('show'.startsWith(verb) || 'list'.startsWith(verb)) {
		const lines = stack.neighbours.list().filter(row => !onDevice || row.device === dev);
		return lines
			.map(
				({address, device, mac, state}) =>
					`${address} ${onDevice ? '' : `dev ${device} `}${mac === undefined ? '' : `lladdr ${mac} `}${state} \n`,
			)
			.join('');
	}
	if (verb === 'flush') {
		if (rest.length === 0) throw new IpFailure(255, 'Flush requires arguments.');
		stack.neighbours.flush(onDevice ? dev : undefined);
		return '';
	}
	if ('delete'.startsWith(verb)) {
		if (!stack.neighbours.remove(dev ?? '', rest[0] ?? '')) throw new IpFailure(2, 'RTNETLINK answers: No such file or directory');
		return '';
	}
	if (['add', 'change', 'replace', 'get', 'help'].includes(verb)) throw new NotSimulated(`ip neigh ${verb}`);
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip neigh help".`);
}
