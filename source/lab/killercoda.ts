import type {LabFiles} from './lab.js';
import {isObject} from '../checks/validate.js';

export interface Converted {
	readonly files: LabFiles;
	/** What an author has to finish, or the simulation lacks, one sentence each. */
	readonly notes: readonly string[];
}

/** A Killercoda scenario (index.json, steps with text.md, foreground, background and verify scripts) as a lab to be finished by hand. */
export function convertKillercoda(scenario: LabFiles, id: string): Converted {
	const index = read(scenario.get('index.json'));
	const notes: string[] = [];
	const details = isObject(index['details']) ? index['details'] : {};
	const steps = (Array.isArray(details['steps']) ? details['steps'] : []).filter(isObject);
	const parts = [details['intro'], ...steps, details['finish']].filter(isObject);
	const title = String(index['title'] ?? id);
	const marked = parts
		.map(part => textOf(part, scenario, notes))
		.filter(Boolean)
		.join('\n\n');
	const text = marked.replace(marks, '');
	notes.push(...leftIn(text));
	if (details['assets'] !== undefined) notes.push('assets are not copied: put the files into the lab folder, and name them under "files"');
	const verified = steps.flatMap((step, number) => verifyOf(step, number, scenario, notes));
	if (verified.length === 0) notes.push('no step has a verify script: write the objectives yourself');
	for (const part of parts)
		for (const kind of ['foreground', 'background'])
			if (part[kind] !== undefined)
				notes.push(`${kind} script ${String(part[kind])} is not run: put what it sets up into setup/*.yaml or files`);
	const image = isObject(index['backend']) ? index['backend']['imageid'] : undefined;
	if (image !== undefined) notes.push(`the backend image ${String(image)} is not simulated: the lab starts from the profile base`);
	notes.push(
		'zh.md is a copy of the English text: translate it',
		'solution.sh holds the commands of the text: check them',
		'write a second solution, hints and wrong answers',
	);
	const body = `# ${title}\n\n${text}\n`;
	return {
		notes,
		files: new Map([
			['lab.yaml', labYaml(id, title, String(index['description'] ?? title), verified)],
			['en.md', body],
			['zh.md', body],
			['solution.sh', `# The commands of the text.\n${commandsOf(marked).join('\n')}\n`],
		]),
	};
}

function read(text: string | undefined): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text ?? '');
		if (isObject(value)) return value;
	} catch {}
	throw new SyntaxError('its index.json is missing or no JSON object');
}

/** A file of the scenario by the path that index.json gives; one that leads out of the folder does not exist. */
function textOf(part: Record<string, unknown>, scenario: LabFiles, notes: string[]): string {
	const name = part['text'];
	if (name === undefined) return '';
	const text = scenario.get(String(name).replace(/^\.\//, ''));
	if (text === undefined) notes.push(`the text ${String(name)} is not there`);
	const heading = part['title'] === undefined ? '' : `## ${String(part['title'])}\n\n`;
	return `${heading}${(text ?? '').replace(/^# .*\n/, '').replace(/^```(?:bash|sh|plain)?\n([\s\S]*?^```\{\{\s*(?:exec|copy))/gm, '```\n$1')}`.trim();
}

function verifyOf(step: Record<string, unknown>, number: number, scenario: LabFiles, notes: string[]) {
	const name = step['verify'];
	if (name === undefined) return [];
	const script = scenario.get(String(name).replace(/^\.\//, ''));
	if (script === undefined) {
		notes.push(`the verify script ${String(name)} is not there`);
		return [];
	}
	notes.push(`objective step-${number + 1} runs the verify script ${String(name)}: better checks look at state (docs/lab-format.md)`);
	return [{id: `step-${number + 1}`, title: String(step['title'] ?? `Step ${number + 1}`), script}];
}

const quoted = (text: string) => JSON.stringify(text);

const labYaml = (
	id: string,
	title: string,
	summary: string,
	verified: ReadonlyArray<{id: string; title: string; script: string}>,
) => `id: ${id}
title: {en: ${quoted(title)}, zh: ${quoted(title)}}
summary: {en: ${quoted(summary)}, zh: ${quoted(summary)}}
level: beginner
minutes: 20
cluster: base

objectives:
${(verified.length > 0 ? verified : [{id: 'todo', title: 'To be written', script: 'false'}]).map(objectiveYaml).join('\n')}
`;

const objectiveYaml = ({id, title, script}: {id: string; title: string; script: string}) => `  - id: ${id}
    title: {en: ${quoted(title)}, zh: ${quoted(title)}}
    points: 10
    checks:
      - command: {on: k8s-master, run: ${quoted(script.replace(/^#!.*\n/, ''))}}`;

/** What makes a piece of code one that is typed for the reader when he clicks it. */
const marks = /(?<=`)\{\{\s*(?:exec|copy)[^}\n]*\}\}/g;

/** Of fences without a language, and of code in a sentence that can be clicked to be run. */
const commandsOf = (marked: string): string[] =>
	[...marked.matchAll(/^```(.*)\n([\s\S]*?)^```|`([^`\n]+)`\{\{\s*exec/gm)]
		.flatMap(([, language, fence, inline]) => inline ?? (language === '' ? fence!.split('\n') : []))
		.filter(line => line.trim() !== '');

/** What the text asks of its old home. */
const leftIn = (text: string): string[] => [
	...(/<\/?[a-z]+[ >]/.test(text) ? ['the text holds HTML, which is shown as it stands'] : []),
	...(/!\[[^\]]*\]\(/.test(text) ? ['the text holds pictures, which a terminal does not show'] : []),
	...[...new Set(text.match(/\{\{[A-Z][^}\n]*\}\}/g))].map(
		link => `the link ${link} leads to a page of the platform: say what to type instead`,
	),
];
