const labelMax = 63;
const nameMax = 255;

/** Why BIND takes no name from this text, in the words of its `dns_name_fromtext` (lib/dns/name.c); undefined where it does. */
export function whyNotLegal(name: string): string | undefined {
	if (name === '' || name === '.') return name === '' ? 'unexpected end of input' : undefined;
	let [label, total] = [0, 1];
	for (let at = 0; at < name.length; at++) {
		if (name[at] === '.') {
			if (label === 0) return 'empty label';
			total += label + 1;
			label = 0;
			continue;
		}
		if (name[at] === '\\') {
			const digits = /^\d+/.exec(name.slice(at + 1, at + 4))?.[0];
			if (at === name.length - 1) return 'unexpected end of input';
			if (digits !== undefined && (digits.length < 3 || Number(digits) > 255)) return 'bad escape';
			at += digits?.length ?? 1;
		}
		if (++label > labelMax) return 'label too long';
	}
	if (label > 0) total += label + 1;
	return total > nameMax ? 'ran out of space' : undefined;
}
