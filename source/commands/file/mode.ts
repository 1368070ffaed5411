/** The bits that `644`, `u+x,g-w` or `a=rX` make of a mode; undefined when the words are none. Source: chmod(1). */
export function changeMode(words: string, mode: number, folder: boolean): number | undefined {
	if (/^[0-7]{1,5}$/.test(words)) return Number.parseInt(words, 8) & 0o7777;
	let result = mode;
	for (const clause of words.split(',')) {
		const found = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause);
		if (!found) return undefined;
		const [, who = '', actions = ''] = found;
		for (const [, operator = '', letters = ''] of actions.matchAll(/([-+=])([rwxXstugo]*)/g))
			result = apply(result, who, operator, letters, folder);
	}

	return result;
}

const shifts = {u: 6, g: 3, o: 0} as const;
type Who = keyof typeof shifts;
/** Without `u`, `g`, `o` or `a` the umask has a say. */
const umask = 0o022;

function apply(mode: number, who: string, operator: string, letters: string, folder: boolean): number {
	const everyone = who === '' || who.includes('a');
	let bits = 0;
	let field = 0;
	for (const each of Object.keys(shifts) as Who[]) {
		if (!everyone && !who.includes(each)) continue;
		const shift = shifts[each];
		field |= 0o7 << shift;
		bits |= permissions(letters, mode, folder) << shift;
	}

	if (letters.includes('s')) bits |= (everyone || who.includes('u') ? 0o4000 : 0) | (everyone || who.includes('g') ? 0o2000 : 0);
	if (letters.includes('t')) bits |= 0o1000;
	if (who === '') bits &= ~umask;
	if (operator === '+') return mode | bits;
	if (operator === '-') return mode & ~bits;
	return (mode & ~field) | bits;
}

function permissions(letters: string, mode: number, folder: boolean): number {
	let bits = 0;
	for (const letter of letters) {
		if (letter === 'r') bits |= 4;
		else if (letter === 'w') bits |= 2;
		else if (letter === 'x' || (letter === 'X' && (folder || (mode & 0o111) !== 0))) bits |= 1;
		else if (letter in shifts) bits |= (mode >> shifts[letter as Who]) & 7;
	}

	return bits;
}
