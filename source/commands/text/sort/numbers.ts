/** Comparisons of texts that are read as numbers, months or versions. */

const number = /^[ \t\n]*(-?)(\d*)(?:\.(\d*))?/;

/** `-n`: of any length, without rounding; thousands may be grouped. */
export function compareNumbers(a: string, b: string, grouping: boolean): number {
	const [x, y] = [decimal(a, grouping), decimal(b, grouping)];
	if (x.negative !== y.negative) return x.negative ? -1 : 1;
	const size = x.whole.length - y.whole.length || order(x.whole, y.whole) || order(x.part, y.part);
	return x.negative ? -size : size;
}

function decimal(text: string, grouping: boolean) {
	const [, minus = '', whole = '', part = ''] = number.exec(grouping ? text.replace(/(\d),(?=\d)/g, '$1') : text) ?? [];
	const digits = whole.replace(/^0+/, '');
	const rest = part.replace(/0+$/, '');
	return {negative: minus !== '' && (digits !== '' || rest !== ''), whole: digits, part: rest};
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const units = 'KMGTPEZYRQ';

/** `-h`: first the unit counts, then the number. */
export function compareHuman(a: string, b: string, grouping: boolean): number {
	return unitOf(a) - unitOf(b) || compareNumbers(a, b, grouping);
}

function unitOf(text: string): number {
	const found = /^[ \t\n]*(-?)(\d*\.?\d*)([a-zA-Z])?/.exec(text);
	if (!found || !/[1-9]/.test(found[2]!)) return 0;
	const letter = found[3] === 'k' ? 'K' : (found[3] ?? '');
	const size = letter === '' ? 0 : units.indexOf(letter) + 1;
	return found[1] === '-' ? -size : size;
}

const general = /^[ \t\n]*([-+]?)(?:(inf(?:inity)?)|(nan)|(0x[\da-f]+(?:\.[\da-f]*)?)|(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?))/i;

/** `-g`: what is no number comes first, then NaN. */
export function compareGeneral(a: string, b: string): number {
	const [x, y] = [generalValue(a), generalValue(b)];
	if (x === undefined || y === undefined) return Number(x !== undefined) - Number(y !== undefined);
	if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
	return x < y ? -1 : x > y ? 1 : 0;
}

function generalValue(text: string): number | undefined {
	const found = general.exec(text);
	if (!found) return undefined;
	const [, sign, infinite, nan, hex, plain] = found;
	const value = infinite ? Number.POSITIVE_INFINITY : nan ? Number.NaN : Number(hex ?? plain);
	return sign === '-' ? -value : value;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `-M`: what is no month comes first. */
export const monthOf = (text: string): number =>
	months.indexOf(
		text
			.replace(/^[ \t\n]+/, '')
			.slice(0, 3)
			.toUpperCase(),
	);

const suffix = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/;

/** `-V`. Models gnulib's filevercmp. */
export function compareVersions(a: string, b: string): number {
	const first = rank(a) - rank(b);
	if (first !== 0) return first;
	const [x, y] = [a.slice(0, suffix.exec(a)!.index), b.slice(0, suffix.exec(b)!.index)];
	return (x === y ? 0 : compareParts(x, y)) || compareParts(a, b);
}

const rank = (text: string): number => (text === '' ? 0 : text === '.' ? 1 : text === '..' ? 2 : text.startsWith('.') ? 3 : 4);

function compareParts(a: string, b: string): number {
	let [i, j] = [0, 0];
	const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';
	const weight = (char: string | undefined) =>
		char === undefined || isDigit(char) ? 0 : char === '~' ? -1 : /[A-Za-z]/.test(char) ? char.charCodeAt(0) : char.charCodeAt(0) + 256;
	while (i < a.length || j < b.length) {
		while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
			const different = weight(a[i]) - weight(b[j]);
			if (different !== 0) return different;
			i++;
			j++;
		}

		const [x, y] = [/^\d*/.exec(a.slice(i))![0], /^\d*/.exec(b.slice(j))![0]];
		const [p, q] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
		const different = p.length - q.length || order(p, q);
		if (different !== 0) return different;
		i += x.length;
		j += y.length;
	}

	return 0;
}
