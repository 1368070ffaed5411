import {hex, readMasked} from '../text.js';
import type {OptionSpec, TargetKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const full = 0xff_ff_ff_ff;

const names = ['set-xmark', 'set-mark', 'and-mark', 'or-mark', 'xor-mark'];
const read: OptionSpec['read'] = (value, option, kind) => {
	readMasked(value, option, kind);
	return value;
};
/** The spellings of MARK, of which a rule has one; CONNMARK has two more. */
export const markSpellings = (...more: string[]): Readonly<Record<string, OptionSpec>> =>
	Object.fromEntries(names.map(name => [name, {words: 1, read, without: [...names, ...more].filter(other => other !== name)} as const]));

/** Every spelling comes down to `--set-xmark value/mask`: new = (old and not mask) xor value. */
export function readXmark(given: Readonly<Record<string, string>>): {value: number; mask: number} | undefined {
	const parts = (name: string) => ({mask: full, ...readMasked(given[name]!, name, 'MARK')});
	if (given['set-xmark'] !== undefined) return parts('set-xmark');
	if (given['set-mark'] !== undefined) {
		const {value, mask} = parts('set-mark');
		return {value, mask: (value | mask) >>> 0};
	}
	if (given['or-mark'] !== undefined) return {value: parts('or-mark').value, mask: parts('or-mark').value};
	if (given['xor-mark'] !== undefined) return {value: parts('xor-mark').value, mask: 0};
	if (given['and-mark'] !== undefined) return {value: 0, mask: ~parts('and-mark').value >>> 0};
	return undefined;
}

export const printXmark = (value: number, mask: number): string => `${hex(value)}/${hex(mask)}`;

export function listXmark(name: string, value: number, mask: number): string {
	if (value === 0) return `${name} and ${hex(~mask)}`;
	if (value === mask) return `${name} or ${hex(value)}`;
	if (mask === 0) return `${name} xor ${hex(value)}`;
	return mask === full ? `${name} set ${hex(value)}` : `${name} xset ${hex(value)}/${hex(mask)}`;
}

const target: TargetKind = {
	name: 'MARK',
	options: markSpellings(),
	finish(given) {
		const mark = readXmark(given);
		if (!mark) throw usageError('MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required');
		return {value: mark.value, mask: mark.mask};
	},
	save: options => ` --set-xmark ${printXmark(Number(options['value']), Number(options['mask']))}`,
	list: options => listXmark('MARK', Number(options['value']), Number(options['mask'])),
	plain: true,
	compile(options) {
		const value = Number(options['value']);
		const keep = ~Number(options['mask']);
		return flow => {
			const mark = ((flow.packet.mark & keep) ^ value) >>> 0;
			if (mark !== flow.packet.mark) flow.packet = {...flow.packet, mark};
			return 'CONTINUE';
		};
	},
};
export default target;
