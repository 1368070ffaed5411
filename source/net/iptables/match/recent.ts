import {type MatchKind, not} from '../match-kind.js';
import {usageError} from '../iptables.js';

const commands = ['set', 'rcheck', 'update', 'remove'] as const;
const shown = {set: 'SET', rcheck: 'CHECK', update: 'UPDATE', remove: 'REMOVE'};
const command = (...others: string[]) => ({negatable: true, without: others});
/** The kernel keeps at most twenty times of an address. */
const hitcountMax = 20;

const match: MatchKind = {
	name: 'recent',
	options: {
		set: command('rcheck', 'update', 'remove'),
		rcheck: command('set', 'update', 'remove'),
		update: command('set', 'rcheck', 'remove'),
		remove: command('set', 'rcheck', 'update'),
		seconds: {words: 1, range: [1, 0xff_ff_ff_ff]},
		reap: {with: ['seconds']},
		hitcount: {words: 1, range: [0, 0xff_ff_ff_ff]},
		rttl: {},
		name: {words: 1},
		mask: {words: 1},
		rsource: {},
		rdest: {},
	},
	finish(options) {
		const given = commands.filter(name => options[name]);
		if (given.length !== 1) throw usageError("recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'");
		const side = options['rdest'] ? 'rdest' : 'rsource';
		const plain = (value: string) => ({value, negated: false});
		const {rsource: _s, rdest: _d, ...rest} = options;
		return {...rest, name: options['name'] ?? plain('DEFAULT'), mask: options['mask'] ?? plain('255.255.255.255'), [side]: plain('')};
	},
	refused(options) {
		const asks = options['rcheck'] ?? options['update'];
		const limits = options['seconds'] ?? options['hitcount'] ?? options['rttl'];
		return (!asks && limits !== undefined) || Number(options['hitcount']?.value ?? 0) > hitcountMax || options['name']!.value.includes('/');
	},
	list(options) {
		const command = commands.find(name => options[name])!;
		const value = (name: string) => (options[name] ? ` ${name}: ${options[name].value}` : '').replace('hitcount', 'hit_count');
		return (
			`${not(options[command])}recent: ${shown[command]}${value('seconds')}${options['reap'] ? ' reap' : ''}${value('hitcount')}` +
			` name: ${options['name']!.value} side: ${options['rdest'] ? 'dest' : 'source'} mask: ${options['mask']!.value}`
		);
	},
	compile(options) {
		const command = commands.find(name => options[name])!;
		const {negated} = options[command]!;
		const name = options['name']!.value;
		const side = options['rdest'] ? 'destination' : 'source';
		const seconds = options['seconds'] && Number(options['seconds'].value);
		const hits = Number(options['hitcount']?.value ?? 1);
		const reap = options['reap'] !== undefined;
		return ({kernel, packet}) => kernel.recent.ask(command, name, packet[side], {seconds, hits, reap}) !== negated;
	},
};
export default match;
