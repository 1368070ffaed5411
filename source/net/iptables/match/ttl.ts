import type {MatchKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const shown: Readonly<Record<string, string>> = {'ttl-eq': '==', 'ttl-lt': '<', 'ttl-gt': '>'};
const names = Object.keys(shown);
const spec = (name: string) => ({words: 1, range: [0, 255], without: names.filter(other => other !== name)}) as const;

const match: MatchKind = {
	name: 'ttl',
	options: {
		'ttl-lt': spec('ttl-lt'),
		'ttl-gt': spec('ttl-gt'),
		'ttl-eq': {...spec('ttl-eq'), negatable: true, aliases: ['ttl']},
	},
	finish(options) {
		if (Object.keys(options).length === 0) throw usageError("TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt");
		return options;
	},
	list(options) {
		const [name, {value, negated}] = Object.entries(options)[0]!;
		return `TTL match TTL ${negated ? '!=' : shown[name]} ${value}`;
	},
	compile(options) {
		const [name, {value, negated}] = Object.entries(options)[0]!;
		const limit = Number(value);
		return ({packet: {ttl}}) => (name === 'ttl-eq' ? ttl === limit : name === 'ttl-lt' ? ttl < limit : ttl > limit) !== negated;
	},
};
export default match;
