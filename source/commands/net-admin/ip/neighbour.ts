import {parseIpv4} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import {jsonText, neighbourJson} from './json.js';
import type {IpOptions} from './print.js';
import {IpFailure, NotSimulated} from './failure.js';

export function ipNeighbour(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	const dev = rest[rest.indexOf('dev') + 1];
	const onDevice = rest.includes('dev');
	if (onDevice && !stack.links.get(dev ?? '')) throw new IpFailure(1, `Cannot find device "${dev}"`);
	if ('show'.startsWith(verb) || 'list'.startsWith(verb)) {
		const state = stateOf(rest[rest.indexOf('nud') + 1], rest.includes('nud'));
		const lines = stack.neighbours.list().filter(row => (!onDevice || row.device === dev) && (state === undefined || row.state === state));
		if (options.json)
			return jsonText(
				lines.map(row => neighbourJson(row, onDevice)),
				options,
			);
		return lines
			.map(
				({address, device, mac, state}) =>
					`${address} ${onDevice ? '' : `dev ${device} `}${mac === undefined ? '' : `lladdr ${mac} `}${state} \n`,
			)
			.join('');
	}
	if (verb === 'flush') {
		if (rest.length === 0) throw new IpFailure(1, 'Flush requires arguments.');
		stack.neighbours.flush(onDevice ? dev : undefined);
		return '';
	}
	if ('delete'.startsWith(verb)) {
		if (!stack.neighbours.remove(dev ?? '', rest[0] ?? '')) throw new IpFailure(2, 'RTNETLINK answers: No such file or directory');
		return '';
	}
	if (['add', 'change', 'replace'].includes(verb)) return put(stack, verb, rest);
	if (verb === 'get') return get(stack, rest);
	if (verb === 'help') throw new NotSimulated('ip neigh help');
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip neigh help".`);
}

const states = ['permanent', 'reachable', 'noarp', 'none', 'stale', 'incomplete', 'delay', 'probe', 'failed', 'all'];

function stateOf(word: string | undefined, given: boolean): string | undefined {
	if (!given || word === 'all') return undefined;
	if (!states.includes(word ?? '')) throw new IpFailure(255, `Error: argument "${word}" is wrong: nud state is bad`);
	return word!.toUpperCase();
}

/** An entry by hand: the kernel asks nobody for that address any more. */
function put(stack: Namespace, verb: string, words: readonly string[]): string {
	const given = new Map<string, string>();
	const [first = '', ...rest] = words[0] === 'to' ? words.slice(1) : words;
	for (let i = 0; i < rest.length; i += 2) given.set(rest[i]!, rest[i + 1] ?? '');
	const [dev, mac, nud = 'permanent'] = ['dev', 'lladdr', 'nud'].map(name => given.get(name));
	if (first === '' || dev === undefined) throw new IpFailure(255, 'Device and destination are required arguments.');
	const state = stateOf(nud, true);
	if (mac !== undefined && !/^[0-9a-f]{1,2}(:[0-9a-f]{1,2})+$/i.test(mac)) throw new IpFailure(1, `"${mac}" is invalid lladdr.`);
	if (!stack.links.get(dev)) throw new IpFailure(1, `Cannot find device "${dev}"`);
	if (parseIpv4(first) === undefined) throw new IpFailure(1, `Error: any valid address is expected rather than "${first}".`);
	const standing = stack.neighbours.get(dev, first);
	if (verb === 'add' && standing) throw new IpFailure(2, 'RTNETLINK answers: File exists');
	if (verb === 'change' && !standing) throw new IpFailure(2, 'RTNETLINK answers: No such file or directory');
	if (mac === undefined) throw new IpFailure(2, 'Error: No link layer address given.');
	const permanent = state === 'PERMANENT' || state === 'NOARP';
	stack.neighbours.put({
		device: dev,
		address: first,
		mac: mac.toLowerCase(),
		confirmedMs: stack.kernel.now(),
		...(permanent && {permanent}),
	});
	return '';
}

function get(stack: Namespace, words: readonly string[]): string {
	const dev = words[words.indexOf('dev') + 1];
	const row = stack.neighbours.list().find(each => each.address === words[0] && each.device === dev);
	if (!row) throw new IpFailure(2, 'Error: Neighbour entry not found.');
	return `${row.address} dev ${row.device} ${row.mac === undefined ? '' : `lladdr ${row.mac} `}${row.state} \n`;
}
