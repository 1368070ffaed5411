import type {TargetKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const names = ['ttl-set', 'ttl-dec', 'ttl-inc'];
const shown: Readonly<Record<string, string>> = {'ttl-set': 'set to', 'ttl-dec': 'decrement by', 'ttl-inc': 'increment by'};
const spec = (name: string) =>
	({words: 1, range: [name === 'ttl-set' ? 0 : 1, 255], without: names.filter(other => other !== name)}) as const;

const target: TargetKind = {
	name: 'TTL',
	options: Object.fromEntries(names.map(name => [name, spec(name)])),
	tables: ['mangle'],
	finish(given) {
		if (Object.keys(given).length === 0) throw usageError('TTL: You must specify an action');
		return given;
	},
	list: options => Object.entries(options).map(([name, value]) => `TTL ${shown[name]} ${value}`)[0]!,
	compile(options) {
		const [name = '', value] = Object.entries(options)[0]!;
		const number = Number(value);
		return flow => {
			const {ttl} = flow.packet;
			const next = name === 'ttl-set' ? number : name === 'ttl-inc' ? Math.min(255, ttl + number) : Math.max(0, ttl - number);
			flow.packet = {...flow.packet, ttl: next};
			return 'CONTINUE';
		};
	},
};
export default target;
