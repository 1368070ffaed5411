import type {Assignment, Word} from '../syntax/ast.js';
import {evaluateText} from '../expand/arithmetic.js';
import {elementKey, splitName} from '../expand/parameter.js';
import {expandWords} from '../expand/word.js';
import type {Scope} from './scope.js';

export async function assign(scope: Scope, assignment: Assignment): Promise<void> {
	const {variables} = scope.shell;
	const {name, subscript} = splitName(assignment.name);
	if (assignment.array) return assignList(scope, name, assignment.array, assignment.append);
	const variable = variables.get(name);
	let value = assignment.value ? await scope.text(assignment.value) : '';
	if (variable?.integer) value = String(evaluateText(scope, assignment.append ? `${variables.text(name) ?? '0'}+(${value})` : value));
	if (subscript !== undefined) {
		const key = await elementKey(scope, name, subscript);
		variables.setElement(name, key, assignment.append ? (variable?.list?.get(key) ?? '') + value : value);
	} else variables.set(name, assignment.append && !variable?.integer ? (variables.text(name) ?? '') + value : value);
	if (scope.shell.options.has('allexport')) variables.mark(name, {exported: true});
}

async function assignList(scope: Scope, name: string, words: readonly Word[], append: boolean) {
	const {variables} = scope.shell;
	const variable = variables.get(name);
	const kind = variable?.kind === 'map' ? 'map' : 'array';
	const elements: Array<readonly [string, string]> = [];
	let next = append ? 1 + (variable?.list?.last ?? (variable?.value === undefined ? -1 : 0)) : 0;
	for (const word of words) {
		const keyed = splitElement(word);
		if (keyed) {
			const key = await elementKey(scope, name, await scope.text(keyed.subscript));
			elements.push([key, await scope.text(keyed.value)]);
			next = Number(key) + 1;
		} else for (const text of await expandWords(scope, [word])) elements.push([String(next++), text]);
	}

	if (append && variable?.list) for (const [key, text] of elements) variables.setElement(name, key, text);
	else variables.setList(name, [...(append && variable?.value !== undefined ? [['0', variable.value] as const] : []), ...elements], kind);
}

/** `[key]=value` arrives as a pattern or quoted parts followed by a literal that begins with `=`. */
function splitElement(word: Word): {subscript: Word; value: Word} | undefined {
	const [first] = word.parts;
	const opening = first?.type === 'Glob' ? first.pattern : first?.type === 'Literal' ? first.value : '';
	if (!opening.startsWith('[')) return undefined;
	const key: Word['parts'] = [];
	for (const [index, part] of word.parts.entries()) {
		const text = part.type === 'Glob' ? part.pattern : part.type === 'Literal' ? part.value : undefined;
		const end = text === undefined ? -1 : text.indexOf(']');
		if (text === undefined || end < 0) {
			key.push(index === 0 && text !== undefined ? {type: 'Literal', value: text.slice(1)} : part);
			continue;
		}

		key.push({type: 'Literal', value: text.slice(index === 0 ? 1 : 0, end)});
		let rest = text.slice(end + 1);
		const tail = word.parts.slice(index + 1);
		const next = tail[0];
		if (rest === '' && next?.type === 'Literal') {
			rest = next.value;
			tail.shift();
		}

		if (!rest.startsWith('=')) return undefined;
		return {subscript: {type: 'Word', parts: key}, value: {type: 'Word', parts: [{type: 'Literal', value: rest.slice(1)}, ...tail]}};
	}

	return undefined;
}
