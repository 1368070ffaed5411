import {RegexError} from './regex-error.js';
import type {Tree} from './tree.js';

export type Instruction =
	| {readonly type: 'character'; readonly accepts: (character: string) => boolean}
	| {readonly type: 'place'; readonly holds: (text: string, at: number) => boolean}
	| {readonly type: 'again'; readonly group: number}
	| {readonly type: 'save'; readonly slot: number}
	/** Both ways are tried, `first` first. */
	| {readonly type: 'split'; first: number; second: number}
	| {readonly type: 'jump'; to: number}
	| {readonly type: 'match'};

const sizeMax = 100_000;

/** Instructions for a machine that walks over a text. `flags`: `i`, `m`, `s` and `u` count. */
export function compileProgram(tree: Tree, flags: string): readonly Instruction[] {
	const program: Instruction[] = [];
	const kept = flags.replaceAll(/[^imsu]/g, '');
	const add = (instruction: Instruction): number => {
		if (program.length >= sizeMax) throw new RegexError('Regular expression too big');
		return program.push(instruction) - 1;
	};

	const emit = (node: Tree): void => {
		if (node.type === 'character') add({type: 'character', accepts: acceptor(node.source, kept)});
		else if (node.type === 'place') add({type: 'place', holds: placeOf(node.source, kept)});
		else if (node.type === 'again') add(node);
		else if (node.type === 'sequence') for (const each of node.items) emit(each);
		else if (node.type === 'choice') choose(node.items);
		else if (node.type === 'repeat') repeat(node);
		else if (node.index === undefined) emit(node.body);
		else {
			add({type: 'save', slot: node.index * 2});
			emit(node.body);
			add({type: 'save', slot: node.index * 2 + 1});
		}
	};

	const choose = (items: readonly Tree[]): void => {
		const ends: Array<{to: number}> = [];
		for (const [index, each] of items.entries()) {
			const split = {type: 'split' as const, first: 0, second: 0};
			if (index < items.length - 1) split.first = add(split) + 1;
			emit(each);
			if (index === items.length - 1) continue;
			const jump = {type: 'jump' as const, to: 0};
			add(jump);
			ends.push(jump);
			split.second = program.length;
		}

		for (const end of ends) end.to = program.length;
	};

	const repeat = ({of, least, most, lazy}: Extract<Tree, {type: 'repeat'}>): void => {
		for (let count = 0; count < least; count++) emit(of);
		const exits: Array<{exit(to: number): void}> = [];
		const enter = () => {
			const split = {type: 'split' as const, first: 0, second: 0};
			const at = add(split);
			if (lazy) split.second = at + 1;
			else split.first = at + 1;
			exits.push({exit: to => void (lazy ? (split.first = to) : (split.second = to))});
			return at;
		};
		if (most === Number.POSITIVE_INFINITY) {
			const start = enter();
			emit(of);
			add({type: 'jump', to: start});
		} else {
			for (let count = least; count < most; count++) {
				enter();
				emit(of);
			}
		}

		for (const each of exits) each.exit(program.length);
	};

	emit(tree);
	add({type: 'match'});
	return program;
}

function acceptor(source: string, flags: string): (character: string) => boolean {
	if (source.length === 1 && source !== '.' && !flags.includes('i')) return character => character === source;
	const regex = new RegExp(`^${source}$`, flags.replace('m', ''));
	const known = new Map<string, boolean>();
	return character => {
		let accepted = known.get(character);
		if (accepted === undefined) {
			accepted = regex.test(character);
			known.set(character, accepted);
		}

		return accepted;
	};
}

function placeOf(source: string, flags: string): (text: string, at: number) => boolean {
	const regex = new RegExp(source, `${flags}y`);
	return (text, at) => {
		regex.lastIndex = at;
		return regex.test(text);
	};
}
