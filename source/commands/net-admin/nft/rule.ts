/** A rule as iptables prints it, taken apart: what it says of addresses and devices, its matches, its target. */
export interface RuleWords {
	readonly heads: readonly Option[];
	readonly matches: readonly Extension[];
	readonly target?: Extension & {readonly jump: 'jump' | 'goto'};
}

export interface Extension {
	readonly name: string;
	readonly options: readonly Option[];
}

export interface Option {
	readonly name: string;
	readonly negated: boolean;
	readonly values: readonly string[];
}

export function readRule(text: string): RuleWords {
	const heads: Option[] = [];
	const matches: Array<Extension & {options: Option[]}> = [];
	let target: (Extension & {options: Option[]; jump: 'jump' | 'goto'}) | undefined;
	let options = heads;
	let negated = false;
	for (const {word, quoted} of wordsOf(text)) {
		const flag = !quoted && /^--?[a-z]/i.test(word);
		if (!quoted && word === '!') negated = true;
		else if (flag && word === '-m') matches.push({name: '', options: (options = [])});
		else if (flag && (word === '-j' || word === '-g')) {
			target = {name: '', options: (options = []), jump: word === '-j' ? 'jump' : 'goto'};
		} else if (flag) {
			options.push({name: word.replace(/^-+/, ''), negated, values: []});
			negated = false;
		} else {
			const last = options.at(-1);
			const opened = target ?? matches.at(-1);
			if (opened && opened.options === options && opened.name === '') Object.assign(opened, {name: word});
			else if (last) options[options.length - 1] = {...last, values: [...last.values, word]};
		}
	}
	return {heads, matches, ...(target && {target})};
}

const wordsOf = (text: string) =>
	[...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) => ({
		word: quoted === undefined ? bare! : quoted.replace(/\\(.)/g, '$1'),
		quoted: quoted !== undefined,
	}));
