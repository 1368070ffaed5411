import type {Operation} from '../syntax/ast.js';
import type {Scope} from '../run/scope.js';
import {ShellError} from '../run/signals.js';
import {BoundedRegExp} from '../../regex/bounded.js';
import {matchesPattern, patternSource} from './pattern.js';

/** `${x#p}`, `${x/p/r}`, `${x^^}`: operations on each text by itself. */
export async function substitute(scope: Scope, texts: readonly string[], operation: Operation): Promise<string[]> {
	switch (operation.type) {
		case 'PatternRemoval': {
			const pattern = await scope.pattern(operation.pattern);
			return texts.map(text =>
				operation.side === 'prefix' ? removePrefix(text, pattern, operation.greedy) : removeSuffix(text, pattern, operation.greedy),
			);
		}
		case 'PatternReplacement': {
			const source = patternSource(await scope.pattern(operation.pattern));
			if (source === '' && !operation.anchor) return [...texts];
			const replacement = operation.replacement ? await scope.text(operation.replacement) : '';
			const anchored = operation.anchor === 'start' ? `^(?:${source})` : operation.anchor === 'end' ? `(?:${source})$` : source;
			const expression = new BoundedRegExp(anchored, operation.all ? 'gu' : 'u');
			return texts.map(text => text.replace(expression, () => replacement));
		}
		case 'CaseModification': {
			const pattern = operation.pattern ? await scope.pattern(operation.pattern) : '?';
			return texts.map(text => changeCase(text, pattern, operation.direction === 'upper', operation.all));
		}
		default:
			throw new ShellError(`kubelab: not simulated: this parameter expansion (${operation.type})`, 125);
	}
}

/** The shortest or longest beginning that matches; found by trying each length, so that no pattern can run wild. */
function removePrefix(text: string, pattern: string, greedy: boolean): string {
	const expression = new BoundedRegExp(`^(?:${lazy(patternSource(pattern), greedy)})`, 'u');
	const match = expression.exec(text);
	return match ? text.slice(match[0].length) : text;
}

function removeSuffix(text: string, pattern: string, greedy: boolean): string {
	const expression = new BoundedRegExp(`^(?:${patternSource(pattern)})$`, 'u');
	const order = Array.from({length: text.length + 1}, (_, index) => index);
	if (!greedy) order.reverse();
	const start = order.find(index => expression.test(text.slice(index)));
	return start === undefined ? text : text.slice(0, start);
}

const lazy = (source: string, greedy: boolean) => (greedy ? source : source.replaceAll('[^]*', '[^]*?'));

function changeCase(text: string, pattern: string, upper: boolean, all: boolean): string {
	const change = (character: string) =>
		matchesPattern(character, pattern) ? (upper ? character.toUpperCase() : character.toLowerCase()) : character;
	const characters = [...text];
	return characters.map((character, index) => (all || index === 0 ? change(character) : character)).join('');
}
