import {BoundedRegExp} from '../regex/bounded.js';
import type {ExecResult} from '../shell/command.js';
import type {Check, CheckRun, Finding} from './check.js';
import {together} from './check.js';
import {beginning, lastWord, nearestLine} from './excerpt.js';
import {wantedInText} from './pattern-text.js';
import {findPlaces, type Place, type Places, places} from './places.js';
import {integer, object, optional, required, text, words} from './shape.js';

interface Params {
	readonly on: Places;
	readonly run: string;
	readonly exitCode?: number;
	readonly contains?: string;
	readonly matches?: string;
}

/** Something is run on a host, in a shell of its own, and its output looked at. */
const check: Check<Params> = {
	name: 'command',
	params: object('a command and what it must print', {
		on: required(places),
		run: required(words('one command line')),
		exitCode: optional(integer('its exit status; 0 when absent', 0, 255)),
		contains: optional(text('text that it prints')),
		matches: optional(text('regular expression (multi-line) that fits what it prints', {isPattern: true})),
	}),
	*run(params, {world, title}) {
		const findings: Finding[] = [];
		for (const place of findPlaces(world, params.on)) findings.push(yield* runAt(place, params, title));
		return together(findings);
	},
};
export default check;

function* runAt({label, machine, prefix}: Place, params: Params, title: string | undefined): CheckRun {
	if (machine?.kind !== 'host')
		return {passed: false, found: `${label} is not there`, expected: expectation(params, undefined, title), look: 'kubectl get nodes'};
	const result: ExecResult = yield {host: machine.name, line: params.run};
	const passed =
		result.exitCode === (params.exitCode ?? 0) &&
		result.stdout.includes(params.contains ?? '') &&
		(!params.matches || new BoundedRegExp(params.matches, 'm').test(result.stdout));
	return {
		passed,
		found: `${label}: "${params.run}"${endText(result, params)} printed ${excerpt(result, params)}`,
		expected: expectation(params, result, title),
		look: `${prefix}${params.run}`,
	};
}

const endText = (result: ExecResult, {exitCode = 0}: Params) => (result.exitCode === exitCode ? '' : ` ended with ${result.exitCode} and`);

/** How it shall end is told where it did not end so, or where nothing else is asked. */
function expectation(params: Params, result: ExecResult | undefined, title: string | undefined): string {
	const {exitCode = 0} = params;
	const said = wantedInText(params, title);
	if (said && result?.exitCode === exitCode) return said;
	return `exit status ${exitCode}${said && ` and ${said}`}`;
}

function excerpt({stdout, stderr, exitCode}: ExecResult, params: Params): string {
	if (exitCode !== 0 && stderr.trim()) return lastWord(stderr);
	return nearestLine(stdout, params) ?? beginning(stdout.trim() ? stdout : stderr);
}
