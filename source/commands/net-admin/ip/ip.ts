import type {Command, Run} from '../../../shell/command.js';
import type {Machine} from '../../../node/host/machine.js';
import {isBusybox} from '../../net-client/flavour.js';
import {refuse, stackOf, type ToolIo} from '../tool.js';
import {ipAddress} from './address.js';
import {IpFailure, NotSimulated} from './failure.js';
import {ipLink} from './link.js';
import {ipNeighbour} from './neighbour.js';
import type {IpOptions} from './print.js';
import {ipMonitor} from './monitor.js';
import {ipNetns, networkFor, runInAll, runInNamespace} from './netns.js';
import {type IpObject, otherObjects} from './other-objects.js';
import {ipRoute} from './route.js';
import {ipRule} from './rule.js';
import {tableNames} from './tables.js';

/** In the order in which a short form finds them: `ip r` is route, not rule. */
const objects: ReadonlyArray<readonly [name: string, run: IpObject]> = [
	['address', ipAddress],
	['link', ipLink],
	['route', ipRoute],
	['neighbour', ipNeighbour],
	['neighbor', ipNeighbour],
	['rule', ipRule],
	['netns', () => ''],
	['monitor', () => ''],
	...otherObjects,
];

const ip: Command<Machine> = {
	name: 'ip',
	summary: 'show and change addresses, links, routes and neighbours',
	path: '/usr/sbin/ip',
	*run(io: ToolIo): Run {
		try {
			const {words, options, namespace, everywhere} = readOptions(io.argv.slice(1), io.machine);
			const [name, ...rest] = words;
			if (namespace) return yield* runInNamespace(io, namespace.name, ['ip', ...namespace.rest]);
			if (name === undefined || name === 'help') return usage(text => io.err(text));
			if (name === '-V' || name === '-Version') {
				io.out('ip utility, iproute2-6.11.0\n');
				return 0;
			}
			const object = objects.find(([each]) => each.startsWith(name));
			if (!object) throw new IpFailure(1, `Object "${name}" is unknown, try "ip help".`);
			if (everywhere && (object[0] !== 'netns' || rest[0] !== 'exec')) return refuse(io, `ip -all ${object[0]}`);
			if (everywhere) return yield* runInAll(io, rest.slice(1));
			if (object[0] === 'netns' && rest[0] === 'exec') return yield* runInNamespace(io, rest[1], rest.slice(2));
			if (object[0] === 'monitor') return yield* ipMonitor(io, rest, options);
			io.out(object[0] === 'netns' ? ipNetns(io, rest) : object[1](stackOf(io), rest, options));
			return 0;
		} catch (error) {
			if (error instanceof NotSimulated) return refuse(io, error.message);
			if (!(error instanceof IpFailure)) throw error;
			io.err(`${error.message}\n`);
			return error.exitCode;
		}
	},
};
export default ip;

function usage(err: (text: string) => void): number {
	err(
		'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename\nwhere  OBJECT := { address | link | neighbour | netns | route | rule }\n',
	);
	err('       OPTIONS := { -V[ersion] | -s[tatistics] | -4 | -6 | -o[neline] | -br[ief] }\n');
	return 255;
}

const flags: Readonly<Record<string, (given: Mutable<IpOptions>) => void>> = {
	'-brief': given => (given.brief = true),
	'-oneline': given => (given.oneLine = true),
	'-stats': given => (given.stats ? (given.errors = true) : (given.stats = true)),
	'-statistics': given => (given.stats ? (given.errors = true) : (given.stats = true)),
	'-details': given => (given.details = true),
	'-json': given => (given.json ??= 'plain'),
	'-timestamp': given => (given.stamps = 'long'),
	'-tshort': given => (given.stamps = 'short'),
	'-color': () => {},
	'-Numeric': () => {},
	'-resolve': () => {},
};
type Mutable<T> = {-readonly [K in keyof T]: T[K]};
const unsimulatedOptions = ['-b', '-batch', '-rc', '-rcvbuf', '-iec', '-h', '-human', '-force', '-l', '-loops', '-echo'];

interface Read {
	readonly words: readonly string[];
	readonly options: IpOptions;
	/** `-n NAME`: everything else is for the ip that runs there. */
	readonly namespace?: {readonly name: string | undefined; readonly rest: readonly string[]};
	/** `-all`: `netns exec` in each of them. */
	readonly everywhere?: boolean;
}

function readOptions(args: readonly string[], machine: Machine): Read {
	const busybox = isBusybox(machine, 'ip');
	const given: Mutable<IpOptions> = {
		brief: false,
		oneLine: false,
		stats: false,
		busybox,
		tables: tableNames(machine),
		network: networkFor(machine),
	};
	let pretty = false;
	let everywhere = false;
	let i = 0;
	for (; i < args.length && args[i]!.startsWith('-'); i++) {
		const option = args[i]!.replace(/^--/, '-').replace(/^-ts$/, '-tshort');
		const [name = ''] = option.split('=');
		// `-b` alone is a batch file.
		const flag = name === '-b' ? undefined : Object.keys(flags).find(each => name.length > 1 && each.startsWith(name));
		if (option === '-4') given.family = 4;
		else if (option === '-6') given.family = 6;
		else if (option === '-f' || option === '-family') given.family = args[++i] === 'inet6' ? 6 : 4;
		else if (!busybox && (option === '-n' || (name.length > 2 && '-netns'.startsWith(name))))
			return {words: [], options: given, namespace: {name: args[i + 1], rest: [...args.slice(0, i), ...args.slice(i + 2)]}};
		else if (option === '-V' || option === '-Version') return {words: ['-V'], options: given};
		else if (option === '-a' || option === '-all') everywhere = true;
		else if (name.length > 1 && '-pretty'.startsWith(name)) pretty = true;
		else if (flag) flags[flag]!(given);
		else if (unsimulatedOptions.includes(option)) throw new NotSimulated(`ip ${option}`);
		else throw new IpFailure(255, `Option "${args[i]}" is unknown, try "ip -help".`);
	}
	if (given.json && pretty) given.json = 'pretty';
	return {words: args.slice(i), options: given, everywhere};
}
