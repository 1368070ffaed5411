import type {TargetKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** The size that a SYN offers is not part of this world's packets: nothing is cut, and nothing needs to be. */
const target: TargetKind = {
	name: 'TCPMSS',
	options: {
		'set-mss': {words: 1, range: [0, 65_535], without: ['clamp-mss-to-pmtu']},
		'clamp-mss-to-pmtu': {without: ['set-mss']},
	},
	finish(given) {
		if (Object.keys(given).length === 0) throw usageError('TCPMSS target: At least one parameter is required');
		return given;
	},
	// Only where a rule asks for SYN.
	refused: (_, {protocol, matches}) =>
		protocol?.value !== 'tcp' ||
		protocol.negated ||
		!matches.some(({name, options}) => name === 'tcp' && / (?:\S+,)?SYN\b/.test(options['tcp-flags']?.value ?? '')),
	list: options => `TCPMSS ${options['set-mss'] === undefined ? 'clamp to PMTU' : `set ${options['set-mss']}`}`,
	plain: true,
	compile: () => () => 'CONTINUE',
};
export default target;
