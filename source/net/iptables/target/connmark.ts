import {hex} from '../text.js';
import type {TargetKind} from '../match-kind.js';
import {listXmark, markSpellings, printXmark, readXmark} from './mark.js';
import {usageError} from '../iptables.js';

const full = 0xff_ff_ff_ff;
const mask = {words: 1, range: [0, full]} as const;

const target: TargetKind = {
	name: 'CONNMARK',
	options: {
		...markSpellings('save-mark', 'restore-mark'),
		'save-mark': {without: ['restore-mark']},
		'restore-mark': {without: ['save-mark']},
		nfmask: mask,
		ctmask: mask,
		mask,
	},
	finish(given) {
		const mode = given['save-mark'] === undefined ? (given['restore-mark'] === undefined ? 'set' : 'restore') : 'save';
		const mark = readXmark(given);
		if (mode === 'set' && !mark) throw usageError('CONNMARK target: No operation specified');
		return {
			mode,
			value: mark?.value ?? 0,
			mask: mark?.mask ?? full,
			nfmask: Number(given['nfmask'] ?? given['mask'] ?? full),
			ctmask: Number(given['ctmask'] ?? given['mask'] ?? full),
		};
	},
	save(options) {
		if (options['mode'] === 'set') return ` --set-xmark ${printXmark(Number(options['value']), Number(options['mask']))}`;
		return ` --${options['mode']}-mark --nfmask ${hex(Number(options['nfmask']))} --ctmask ${hex(Number(options['ctmask']))}`;
	},
	list(options) {
		if (options['mode'] === 'set') return listXmark('CONNMARK', Number(options['value']), Number(options['mask']));
		if (Number(options['nfmask']) === full && Number(options['ctmask']) === full) return `CONNMARK ${options['mode']}`;
		return `CONNMARK ${options['mode']} mask ${hex(Number(options['ctmask']))}`;
	},
	compile(options) {
		const {mode} = options;
		const [value = 0, setMask = 0, nfmask = 0, ctmask = 0] = ['value', 'mask', 'nfmask', 'ctmask'].map(name => Number(options[name]));
		return flow => {
			const row = flow.tracked?.row;
			if (!row) return 'CONTINUE';
			if (mode === 'restore') {
				const mark = ((flow.packet.mark & ~nfmask) ^ (row.mark & ctmask)) >>> 0;
				flow.packet = {...flow.packet, mark};
			} else {
				const mark = mode === 'set' ? (row.mark & ~setMask) ^ value : (row.mark & ~ctmask) ^ (flow.packet.mark & nfmask);
				flow.tracked!.row = {...row, mark: mark >>> 0};
			}
			return 'CONTINUE';
		};
	},
};
export default target;
