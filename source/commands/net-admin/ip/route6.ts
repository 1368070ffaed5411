import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {NotSimulated} from './failure.js';
import {addressesOf} from './print.js';

/** What the kernel has of IPv6 by itself: a network for each address, and its own in the local table. */
export function ipRoute6(stack: Namespace, words: readonly string[]): string {
	const [verb = 'show', ...rest] = words;
	const listed = ['show', 'list', 'lst'].some(each => each.startsWith(verb)) ? rest : words;
	const given = new Map<string, string>();
	for (let i = 0; i < listed.length; i += 2) given.set(listed[i]!, listed[i + 1] ?? '');
	if ([...given.keys()].some(word => word !== 'dev' && word !== 'table')) throw new NotSimulated(`ip -6 route ${verb}`);
	const [dev, table = 'main'] = [given.get('dev'), given.get('table')];
	if (!['main', 'local', 'all', '254', '255', '0'].includes(table)) throw new NotSimulated(`ip -6 route show table ${table}`);
	const links = stack.links.list().filter(link => link.up && (dev === undefined || link.name === dev));
	const all = table === 'all' || table === '0';
	const isLocal = table === 'local' || table === '255';
	const rows = [...(isLocal ? [] : links.flatMap(link => networks(stack, link))), ...(all || isLocal ? own(stack, links, all) : [])];
	const line = ({text, link, rest}: Row) => `${text}${dev === undefined ? ` dev ${link.name}` : ''} ${rest} pref medium\n`;
	return rows.map(line).join('');
}

interface Row {
	readonly text: string;
	readonly link: Link;
	readonly rest: string;
}

const six = (stack: Namespace, link: Link) => addressesOf(stack, link, 6);

/** NetworkManager, which keeps the cards, gives its routes a metric of its own. */
const networks = (stack: Namespace, link: Link): Row[] =>
	six(stack, link).map(({address, prefix}) => ({
		text: prefix === 128 ? address : networkOf(address, prefix),
		link,
		rest: `proto kernel metric ${link.type === 'ethernet' ? 1024 : 256}`,
	}));

function own(stack: Namespace, links: readonly Link[], all: boolean): Row[] {
	const table = all ? 'table local ' : '';
	const addresses = links.flatMap(link =>
		six(stack, link).map(({address}) => ({text: `local ${address}`, link, rest: `${table}proto kernel metric 0`})),
	);
	const groups = links
		.filter(link => link.type !== 'loopback' && six(stack, link).length > 0)
		.map(link => ({text: 'multicast ff00::/8', link, rest: `${table}proto kernel metric 256`}));
	return [...addresses, ...groups];
}

/** The first four groups; what `::` left out of them is nought. */
function networkOf(address: string, prefix: number): string {
	if (prefix !== 64) throw new NotSimulated(`an IPv6 network of /${prefix}`);
	const [head = ''] = address.split('::');
	return `${head
		.split(':')
		.slice(0, 4)
		.join(':')
		.replace(/(?::0)+$/, '')}::/64`;
}
