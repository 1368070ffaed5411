import type {Change, FieldDiff, LineDiff, RulesDiff, WorldDiff} from './world-diff.js';

/** Beyond so many lines of one table or file, the rest is counted. */
const linesMax = 40;
const valueMax = 100;
const signs: Readonly<Record<Change, string>> = {created: '+', deleted: '-', changed: '~'};

/** For people: objects, files, rules, then what it means for clients. */
export function diffText({from, to, passedMs, objects, files, rules, reach}: WorldDiff): string {
	const lines = [
		`from ${from} to ${to}: ${passedMs / 1000} s`,
		...objects.flatMap(({resource, namespace, name, change, fields}) => [
			`${signs[change]} ${resource}/${name}${namespace ? ` -n ${namespace}` : ''}`,
			...cut(fields.map(fieldText)),
		]),
		...files.flatMap(({host, path, change, lines}) => [`${signs[change]} ${host}:${path}`, ...cut(lines.map(lineText))]),
		...sameOnHosts(rules).flatMap(({host, table, lines}) => [`~ ${host} ${table}`, ...cut(lines.map(lineText))]),
		...reach.map(({service, address, from, before, after}) => `~ ${service} ${address} from ${from}: ${before} → ${after}`),
	];
	return `${(lines.length === 1 ? [...lines, 'no difference'] : lines).join('\n')}\n`;
}

/** What kube-proxy did on every node is said once. */
function sameOnHosts(rules: readonly RulesDiff[]): RulesDiff[] {
	const groups = new Map<string, RulesDiff>();
	for (const diff of rules) {
		const key = JSON.stringify([diff.table, diff.lines]);
		const group = groups.get(key);
		groups.set(key, group ? {...group, host: `${group.host}, ${diff.host}`} : diff);
	}
	return [...groups.values()];
}

const lineText = ({sign, text}: LineDiff) => `${sign} ${text}`;

function fieldText(field: FieldDiff): string {
	if (!('before' in field)) return `+ ${field.path}: ${short(field.after)}`;
	if (!('after' in field)) return `- ${field.path}: ${short(field.before)}`;
	return `~ ${field.path}: ${short(field.before)} → ${short(field.after)}`;
}

function short(value: unknown): string {
	const text = JSON.stringify(value);
	return text.length > valueMax ? `${text.slice(0, valueMax)}…` : text;
}

const cut = (lines: readonly string[]): string[] => [
	...lines.slice(0, linesMax).map(line => `    ${line}`),
	...(lines.length > linesMax ? [`    (${lines.length - linesMax} more)`] : []),
];
