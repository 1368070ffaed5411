import type {Machine} from '../../../node/host/machine.js';
import {tableNumbers} from '../../../net/policy-rule.js';
import {lookup} from '../lookup.js';

/** Routing tables by name: those of the kernel, and what somebody wrote into rt_tables. */
export interface TableNames {
	number(word: string): number | undefined;
	name(number: number): string;
}

const path = '/etc/iproute2/rt_tables';
const numberMax = 0xff_ff_ff_ff;

export function tableNames({files}: Machine): TableNames {
	const own: Record<string, number> = {...tableNumbers};
	const text = files.exists(path) ? files.readText(path) : '';
	for (const line of text.split('\n')) {
		const [, number, name] = /^\s*(0x[\da-f]+|\d+)\s+([^\s#]+)/i.exec(line) ?? [];
		if (name !== undefined) own[name] = Number(number);
	}

	return {
		number(word) {
			const known = lookup(own, word);
			if (known !== undefined) return known;
			const number = /^(0x[\da-f]+|\d+)$/i.test(word) ? Number(word) : Number.NaN;
			return number >= 0 && number <= numberMax ? number : undefined;
		},
		name: number => Object.keys(own).find(each => own[each] === number) ?? String(number),
	};
}
