import type {Namespace} from '../../../net/namespace.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {refuse, stackOf, tool} from '../tool.js';
import {ipAddress} from './address.js';
import {IpFailure, NotSimulated} from './failure.js';
import {ipLink} from './link.js';
import {ipNeighbour} from './neighbour.js';
import type {IpOptions} from './print.js';
import {ipRoute} from './route.js';

type IpObject = (stack: Namespace, words: readonly string[], options: IpOptions) => string;

/** In the order in which a short form finds them: `ip r` is route, not rule. */
const objects: ReadonlyArray<readonly [name: string, run: IpObject]> = [
	['address', ipAddress],
	['link', ipLink],
	['route', ipRoute],
	['neighbour', ipNeighbour],
	['neighbor', ipNeighbour],
	['rule', rule],
	['netns', () => notSimulated('ip netns')],
	['maddress', () => notSimulated('ip maddress')],
	['monitor', () => notSimulated('ip monitor')],
	['tunnel', () => notSimulated('ip tunnel')],
	['xfrm', () => notSimulated('ip xfrm')],
];

function notSimulated(what: string): never {
	throw new NotSimulated(what);
}

function rule(_stack: Namespace, words: readonly string[]): string {
	const [verb = 'show'] = words;
	if (!'show'.startsWith(verb) && !'list'.startsWith(verb)) notSimulated(`ip rule ${verb}`);
	return '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n';
}

const ip: Command = tool({
	name: 'ip',
	summary: 'show and change addresses, links, routes and neighbours',
	path: '/usr/sbin/ip',
	run(io) {
		try {
			const {words, options} = readOptions(io.argv.slice(1), isBusybox(io.machine, 'ip'));
			const [name, ...rest] = words;
			if (name === undefined || name === 'help') return usage(text => io.err(text));
			if (name === '-V' || name === '-Version') {
				io.out('ip utility, iproute2-6.11.0\n');
				return 0;
			}
			const object = objects.find(([each]) => each.startsWith(name));
			if (!object) throw new IpFailure(1, `Object "${name}" is unknown, try "ip help".`);
			io.out(object[1](stackOf(io), rest, options));
			return 0;
		} catch (error) {
			if (error instanceof NotSimulated) return refuse(io, error.message);
			if (!(error instanceof IpFailure)) throw error;
			io.err(`${error.message}\n`);
			return error.exitCode;
		}
	},
});
export default ip;

function usage(err: (text: string) => void): number {
	err(
		'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename\nwhere  OBJECT := { address | link | neighbour | netns | route | rule }\n',
	);
	err('       OPTIONS := { -V[ersion] | -s[tatistics] | -4 | -6 | -o[neline] | -br[ief] }\n');
	return 255;
}

function readOptions(args: readonly string[], busybox: boolean): {words: readonly string[]; options: IpOptions} {
	let family: 4 | 6 | undefined;
	let brief = false;
	let oneLine = false;
	let stats = false;
	let i = 0;
	for (; i < args.length && args[i]!.startsWith('-'); i++) {
		const option = args[i]!.replace(/^--/, '-');
		if (option === '-4') family = 4;
		else if (option === '-6') family = 6;
		else if (option === '-f' || option === '-family') family = args[++i] === 'inet6' ? 6 : 4;
		else if (option.length > 2 && '-brief'.startsWith(option)) brief = true;
		else if ('-oneline'.startsWith(option)) oneLine = true;
		else if ('-stats'.startsWith(option) || '-statistics'.startsWith(option)) stats = true;
		else if ('-color'.startsWith(option.split('=')[0]!)) continue;
		else if (option === '-V' || option === '-Version') return {words: [option], options: {brief, oneLine, stats, busybox}};
		else if (['-j', '-json', '-p', '-pretty', '-d', '-details', '-n', '-netns', '-a', '-all', '-r', '-b', '-batch', '-t'].includes(option))
			throw new NotSimulated(`ip ${option}`);
		else throw new IpFailure(255, `Option "${args[i]}" is unknown, try "ip -help".`);
	}
	return {words: args.slice(i), options: {brief, oneLine, stats, busybox, ...(family && {family})}};
}
