import {readNumber} from '../iptables-text.js';
import {type MatchKind, not, usageError} from '../match-kind.js';

const commands = ['set', 'rcheck', 'update', 'remove'] as const;
const shown = {set: 'SET', rcheck: 'CHECK', update: 'UPDATE', remove: 'REMOVE'};
const flag = {negatable: true} as const;

const match: MatchKind = {
	name: 'recent',
	options: {
		set: flag,
		rcheck: flag,
		update: flag,
		remove: flag,
		seconds: {words: 1, read: value => String(readNumber(value, 'seconds'))},
		reap: {},
		hitcount: {words: 1, read: value => String(readNumber(value, 'hitcount'))},
		rttl: {},
		name: {words: 1},
		mask: {words: 1},
		rsource: {},
		rdest: {},
	},
	finish(options) {
		const given = commands.filter(name => options[name]);
		if (given.length !== 1) throw usageError("recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'");
		if (options['reap'] && !options['seconds']) throw usageError('recent: option "--reap" requires "--seconds"');
		const side = options['rdest'] ? 'rdest' : 'rsource';
		const plain = (value: string) => ({value, negated: false});
		const {rsource: _s, rdest: _d, ...rest} = options;
		return {...rest, name: options['name'] ?? plain('DEFAULT'), mask: options['mask'] ?? plain('255.255.255.255'), [side]: plain('')};
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
