import type {Machine} from '../../node/host/machine.js';

/** 32 hexadecimal digits that are the same for ever on one machine: they follow from its name. */
export function fingerprint(machine: Machine, what: string): string {
	let text = '';
	for (let part = 0; part < 4; part++) {
		let hash = 0x811c9dc5;
		for (const character of `${what}${part}${machine.name}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
		text += hash.toString(16).padStart(8, '0');
	}

	return text;
}
