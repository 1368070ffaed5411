import type {TargetKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** Only `--notrack`, the newer spelling of NOTRACK. */
const target: TargetKind = {
	name: 'CT',
	options: {notrack: {}, zone: {words: 1}, helper: {words: 1}},
	tables: ['raw'],
	finish(given) {
		const other = Object.keys(given).find(name => name !== 'notrack');
		if (other !== undefined) throw usageError(`kubelab: not simulated: iptables -j CT --${other}`);
		return given;
	},
	list: options => (options['notrack'] === undefined ? 'CT' : 'CT notrack'),
	compile: options => flow => {
		if (options['notrack'] !== undefined) flow.ctState = 'UNTRACKED';
		return 'CONTINUE';
	},
};
export default target;
