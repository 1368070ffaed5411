import {unreadableCel} from '../../checks/cel.js';
import {nearest} from '../../checks/nearest.js';
import {isObject, type Mistake, type Path} from '../../checks/validate.js';
import {threeNodes} from '../../cluster/topology.js';
import {objectMistakes} from './object-problems.js';
import type {RawLab} from './raw-lab.js';
import type {Problem, YamlText} from './yaml-text.js';

const hosts = [...threeNodes.nodes, ...threeNodes.outside].map(({name}) => name);
const groups = ['nodes', 'hosts', 'outside'];

/** What each check says of itself may be sound and still lead nowhere, or never hold. */
export function checkProblems(raw: RawLab, yaml: YamlText): Problem[] {
	const mistakes = [
		...(raw.files ?? []).flatMap(({on}, index) => strangers(on, ['files', index, 'on'], hosts)),
		...raw.objectives.flatMap(({checks}, index) => checks.flatMap((entry, at) => inEntry(entry, ['objectives', index, 'checks', at]))),
	];
	return mistakes.map(mistake => yaml.locate(mistake));
}

function inEntry(entry: Readonly<Record<string, any>>, path: Path): Mistake[] {
	const [name, params] = Object.entries(entry)[0]!;
	const at = [...path, name];
	if (name === 'all' || name === 'any') return params.flatMap((each: any, index: number) => inEntry(each, [...at, index]));
	if (name === 'afresh') return params.checks.flatMap((each: any, index: number) => inEntry(each, [...at, 'checks', index]));
	if (name === 'not') return inEntry(params, at);
	const places = name === 'reach' ? Object.entries(params.from).map(([sender, from]) => [from, [...at, 'from', sender]] as const) : [];
	return [
		...[...places, [params.on, [...at, 'on']] as const, [name === 'reach' ? undefined : params.from, [...at, 'from']] as const].flatMap(
			([chosen, where]) => strangers(chosen, where, [...groups, ...hosts]),
		),
		...(rules[name]?.(params, at) ?? []),
	];
}

/** Hosts that no cluster has. Pods come and go; hosts are those of the plan. */
function strangers(chosen: unknown, path: Path, known: readonly string[]): Mistake[] {
	if (Array.isArray(chosen)) return chosen.flatMap((each, index) => strangers(each, [...path, index], hosts));
	if (typeof chosen !== 'string' || known.includes(chosen) || chosen.includes('${')) return [];
	return [{path, message: `there is no host "${chosen}"${didYouMean(chosen, known)}; known: ${known.join(', ')}`}];
}

const rules: Readonly<Record<string, (params: any, path: Path) => Mistake[]>> = {
	resource: ({cel, count, absent, ...object}, path) => [
		...objectMistakes(object, path),
		...brokenCel(cel, [...path, 'cel']),
		...emptyRange(count, [...path, 'count']),
		...(absent && count !== undefined
			? [{path: [...path, 'count'], message: 'with "absent: true" nothing is left to count; write one of the two'}]
			: []),
	],
	dns: ({count, server, answers = []}, path) => [
		...emptyRange(count, [...path, 'count']),
		...noAddress(server, [...path, 'server']),
		...(answers as string[]).flatMap((each, index) => noAddress(each, [...path, 'answers', index])),
	],
	connect({to, refused, timeout, status, body, header, answers, requests = 1}, path) {
		const silent = refused ? 'refused' : timeout ? 'timeout' : undefined;
		const said = Object.entries({status, body, header, answers}).find(([, value]) => value !== undefined)?.[0];
		const [, host, port] = typeof to === 'string' ? (/^(?:https?:\/\/)?([^/:]+)(?::(\d+))?/.exec(to) ?? []) : [];
		return [
			...noAddress(host, [...path, 'to']),
			...(silent && said
				? [{path: [...path, said], message: `with "${silent}: true" there is no answer that could have a "${said}"`}]
				: []),
			...(refused && timeout ? [{path: [...path, 'timeout'], message: 'a request is refused or not answered; write one of the two'}] : []),
			...(answers?.different > requests
				? [
						{
							path: [...path, 'answers', 'different'],
							message: `${requests} request${requests === 1 ? '' : 's'} cannot have ${answers.different} different answers; say more "requests"`,
						},
					]
				: []),
			...(Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535
				? [{path: [...path, 'to'], message: `${port} is no port; ports are 1 to 65535`}]
				: []),
		];
	},
	reach: ({from, to, open}, path) =>
		(open as string[]).flatMap((pair, index) => {
			const [sender = '', target = ''] = pair.split('->').map(each => each.trim());
			const where = [...path, 'open', index];
			if (!Object.hasOwn(from, sender))
				return [{path: where, message: `there is no sender "${sender}" in "from"; known: ${Object.keys(from).join(', ')}`}];
			if (!Object.hasOwn(to, target))
				return [{path: where, message: `there is no target "${target}" in "to"; known: ${Object.keys(to).join(', ')}`}];
			return [];
		}),
};

function brokenCel(text: string | undefined, path: Path): Mistake[] {
	const error = text === undefined || text.includes('${') ? undefined : unreadableCel(text);
	return error === undefined ? [] : [{path, message: `this expression ${error}`}];
}

function emptyRange(count: unknown, path: Path): Mistake[] {
	if (!isObject(count)) return [];
	const {min = 0, max = Number.POSITIVE_INFINITY} = count as {min?: number; max?: number};
	return min > max ? [{path: [...path, 'min'], message: `${min} is more than max, ${max}`}] : [];
}

/** Digits and dots are meant as an address; what is none would be asked for as a name, in vain. */
const noAddress = (text: string | undefined, path: Path): Mistake[] =>
	text !== undefined && /^[\d.]+$/.test(text) && !isAddress(text)
		? [{path, message: `"${text}" is no address; an address is four numbers from 0 to 255, such as 10.96.0.10`}]
		: [];

const isAddress = (text: string) => /^\d+(\.\d+){3}$/.test(text) && text.split('.').every(each => Number(each) <= 255);

function didYouMean(word: string, known: readonly string[]): string {
	const near = nearest(word, known);
	return near ? ` (did you mean "${near}"?)` : '';
}
