/** github.com/Masterminds/semver. */
export interface Version {
	readonly numbers: readonly [major: number, minor: number, patch: number];
	readonly prerelease: string;
	readonly metadata: string;
	readonly original: string;
}

const versionPattern =
	/^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

export function parseVersion(text: string): Version | undefined {
	const match = versionPattern.exec(text);
	if (!match) return undefined;
	return {
		numbers: [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)],
		prerelease: match[4] ?? '',
		metadata: match[5] ?? '',
		original: text,
	};
}

export const versionText = ({numbers, prerelease, metadata}: Version): string =>
	`${numbers.join('.')}${prerelease ? `-${prerelease}` : ''}${metadata ? `+${metadata}` : ''}`;

export function compareVersions(a: Version, b: Version): number {
	for (const at of [0, 1, 2] as const) if (a.numbers[at] !== b.numbers[at]) return a.numbers[at] < b.numbers[at] ? -1 : 1;
	if (a.prerelease === b.prerelease) return 0;
	if (a.prerelease === '') return 1;
	if (b.prerelease === '') return -1;
	return comparePrereleases(a.prerelease.split('.'), b.prerelease.split('.'));
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
	for (let at = 0; at < Math.max(a.length, b.length); at++) {
		const [one, other] = [a[at], b[at]];
		if (one === other) continue;
		if (one === undefined) return -1;
		if (other === undefined) return 1;
		const [isNumber, otherIs] = [/^\d+$/.test(one), /^\d+$/.test(other)];
		if (isNumber && otherIs) return Number(one) < Number(other) ? -1 : 1;
		if (isNumber !== otherIs) return isNumber ? -1 : 1;
		return one < other ? -1 : 1;
	}

	return 0;
}

type Test = (version: Version) => boolean;

const part = '(?:v?(?:\\d+|[xX*])(?:\\.(?:\\d+|[xX*]))?(?:\\.(?:\\d+|[xX*]))?(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?)';
const comparison = new RegExp(`^\\s*(=|!=|>=|=>|<=|=<|>|<|~>|~|\\^)?\\s*(${part})\\s*`);
const hyphen = new RegExp(`(${part})\\s+-\\s+(${part})`, 'g');

/** Undefined when the text is no constraint. Comma or blank is `and`, `||` is `or`. */
export function parseConstraint(text: string): Test | undefined {
	const options: Test[][] = [];
	for (const option of text.replace(hyphen, '>=$1, <=$2').split('||')) {
		const tests: Test[] = [];
		for (let rest = option.trim(); rest !== ''; ) {
			const match = comparison.exec(rest);
			if (!match) return undefined;
			tests.push(testOf(match[1] ?? '', match[2]!));
			rest = rest.slice(match[0].length).replace(/^[,\s]+/, '');
		}

		if (tests.length === 0) return undefined;
		options.push(tests);
	}

	return version => options.some(tests => tests.every(test => test(version)));
}

function testOf(operator: string, text: string): Test {
	const [plain = '', ...more] = text.replace(/^v/, '').split(/(?=[-+])/);
	const given = plain.split('.');
	const firstWild = given.findIndex(each => /[xX*]/.test(each));
	const known = firstWild === -1 ? given.length : firstWild;
	const from = parseVersion([...given.slice(0, known), ...Array(3 - known).fill('0')].slice(0, 3).join('.') + more.join(''))!;
	const below = (at: number): Test => {
		const upper = from.numbers.map((number, index) => (index === at ? number + 1 : index < at ? number : 0)) as [number, number, number];
		return version =>
			compareVersions(version, from) >= 0 && compareVersions({...version, prerelease: ''}, {...from, numbers: upper, prerelease: ''}) < 0;
	};

	const dirty = known < 3;
	const test = rangeTest(operator, from, known, dirty, below);
	// A prerelease is only taken by a constraint that names one.
	return version => (version.prerelease === '' || from.prerelease !== '') && test(version);
}

function rangeTest(operator: string, from: Version, known: number, dirty: boolean, below: (at: number) => Test): Test {
	const all: Test = () => true;
	const same = dirty ? (known === 0 ? all : below(known - 1)) : (version: Version) => compareVersions(version, from) === 0;
	switch (operator) {
		case '':
		case '=':
			return same;
		case '!=':
			return version => !same(version);
		case '>':
			return dirty && known > 0
				? version => compareVersions(version, from) > 0 && !same(version)
				: version => compareVersions(version, from) > 0;
		case '>=':
		case '=>':
			return version => compareVersions(version, from) >= 0;
		case '<':
			return version => compareVersions(version, from) < 0;
		case '<=':
		case '=<':
			return version => compareVersions(version, from) <= 0 || (dirty && same(version));
		case '^': {
			if (known === 0) return all;
			const [major, minor] = from.numbers;
			return below(major > 0 || known === 1 ? 0 : minor > 0 || known === 2 ? 1 : 2);
		}

		default:
			return known === 0 ? all : below(known === 1 ? 0 : 1);
	}
}
