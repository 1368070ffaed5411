import type {ExecResult} from '../shell/command.js';
import type {Check, CheckRun, Finding} from './check.js';
import {together} from './check.js';
import {patternText} from './pattern-text.js';
import {findPlaces, type Place, type Places, places} from './places.js';
import {integer, object, optional, required, text} from './shape.js';

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
		run: required(text('one command line')),
		exitCode: optional(integer('its exit status; 0 when absent', 0, 255)),
		contains: optional(text('text that it prints')),
		matches: optional(text('regular expression (multi-line) that fits what it prints', {isPattern: true})),
	}),
	*run(params, {world}) {
		const findings: Finding[] = [];
		for (const place of findPlaces(world, params.on)) findings.push(yield* runAt(place, params));
		return together(findings);
	},
};
export default check;

function* runAt({label, machine, prefix}: Place, params: Params): CheckRun {
	const expected = expectation(params);
	if (machine?.kind !== 'host') return {passed: false, found: `${label} is not there`, expected, look: 'kubectl get nodes'};
	const result: ExecResult = yield {host: machine.name, line: params.run};
	const passed =
		result.exitCode === (params.exitCode ?? 0) &&
		result.stdout.includes(params.contains ?? '') &&
		(!params.matches || new RegExp(params.matches, 'm').test(result.stdout));
	return {
		passed,
		found: `${label}: "${params.run}" ended with ${result.exitCode} and printed ${excerpt(result)}`,
		expected,
		look: `${prefix}${params.run}`,
	};
}

function expectation({exitCode = 0, contains, matches}: Params): string {
	const said = [contains && `"${contains}"`, matches && patternText(matches)].filter(Boolean).join(' and ');
	return `exit status ${exitCode}${said && ` and ${said}`}`;
}

/** What it printed first; of what went wrong, the last word. */
function excerpt({stdout, stderr, exitCode}: ExecResult): string {
	const lines = ((exitCode === 0 && stdout.trim()) || stderr.trim() || stdout.trim()).split('\n');
	const line = lines.at(exitCode === 0 ? 0 : -1) ?? '';
	return line ? `"${line.slice(0, 80)}"` : 'nothing';
}
