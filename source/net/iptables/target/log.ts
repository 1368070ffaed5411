import {quoteText} from '../text.js';
import type {TargetKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** By number, with their other spellings. */
const levels = [['emerg', 'panic'], ['alert'], ['crit'], ['error', 'err'], ['warning', 'warn'], ['notice'], ['info'], ['debug']];

const prefixMax = 29;

const target: TargetKind = {
	name: 'LOG',
	options: {
		'log-prefix': {words: 1, read: value => value.slice(0, prefixMax)},
		'log-level': {
			words: 1,
			read(value) {
				const level = /^[0-7]$/.test(value) ? Number(value) : levels.findIndex(names => names.includes(value.toLowerCase()));
				if (level < 0) throw usageError(`log level "${value}" unknown\n`);
				return String(level);
			},
		},
		'log-tcp-sequence': {},
		'log-tcp-options': {},
		'log-ip-options': {},
		'log-uid': {},
	},
	finish: given => ({...given}),
	save(options) {
		const prefix = options['log-prefix'] === undefined ? '' : ` --log-prefix ${quoteText(String(options['log-prefix']))}`;
		const level = options['log-level'] === undefined || options['log-level'] === '4' ? '' : ` --log-level ${options['log-level']}`;
		const flags = ['log-tcp-sequence', 'log-tcp-options', 'log-ip-options', 'log-uid'].filter(name => options[name] !== undefined);
		return `${prefix}${level}${flags.map(name => ` --${name}`).join('')}`;
	},
	list(options) {
		const flags = ['log-tcp-sequence', 'log-tcp-options', 'log-ip-options', 'log-uid'];
		const bits = flags.reduce((sum, name, i) => sum + (options[name] === undefined ? 0 : [1, 2, 4, 8][i]!), 0);
		const prefix = options['log-prefix'] === undefined ? '' : ` prefix "${options['log-prefix']}"`;
		return `LOG flags ${bits} level ${options['log-level'] ?? 4}${prefix}`;
	},
	compile: () => () => 'CONTINUE',
};
export default target;
