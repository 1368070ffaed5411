import type {Namespace} from '../../../net/namespace.js';
import {NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';

export type IpObject = (stack: Namespace, words: readonly string[], options: IpOptions) => string;

/** What a machine of these labs has none of, and what is not played. */
export const otherObjects: ReadonlyArray<readonly [name: string, run: IpObject]> = [
	...lacking('maddress', 'addrlabel', 'ntable', 'ntbl', 'l2tp', 'fou', 'ila', 'macsec'),
	['tunnel', (stack, words) => listed('tunnel', words, () => tunnels(stack))],
	['tunl', (stack, words) => listed('tunnel', words, () => tunnels(stack))],
	['tuntap', (_, words) => listed('tuntap', words, () => '')],
	['tap', (_, words) => listed('tuntap', words, () => '')],
	...lacking('token', 'tcpmetrics', 'tcp_metrics'),
	['xfrm', (_, [what = '', ...words]) => (/^(?:s|p)/.test(what) ? listed(`xfrm ${what}`, words, () => '') : notSimulated('ip xfrm'))],
	['mroute', (_, words) => listed('mroute', words, () => '')],
	...lacking('mrule', 'netconf'),
	['vrf', (_, words) => listed('vrf', words, () => `${'Name'.padEnd(17)} Table\n${'-'.repeat(23)}\nNo VRF has been configured\n`)],
	...lacking('sr'),
	['nexthop', (_, words) => listed('nexthop', words, () => '')],
	...lacking('mptcp', 'ioam', 'stats'),
];

/** Objects of which only a list can be asked; what is not there has an empty one. */
function listed(name: string, [verb = 'show']: readonly string[], show: () => string): string {
	return ['show', 'list', 'lst'].some(each => each.startsWith(verb)) ? show() : notSimulated(`ip ${name} ${verb}`);
}

const tunnels = ({links}: Namespace): string =>
	links
		.list()
		.filter(({type}) => type === 'ipip')
		.map(({name}) => `${name}: any/ip remote any local any ttl inherit nopmtudisc\n`)
		.join('');

function lacking(...names: string[]): Array<readonly [string, IpObject]> {
	return names.map(name => [name, () => notSimulated(`ip ${name}`)]);
}

function notSimulated(what: string): never {
	throw new NotSimulated(what);
}
