import {afterwards, makeAnew} from './afresh.js';
import type {CheckContext, CheckRun, Finding} from './check.js';
import {together} from './check.js';
import checks from './index.js';
import {podChoice} from './places.js';
import {choice, type Fields, list, object, required, type Shape} from './shape.js';

/** A question as it stands in lab.yaml: one check with its parameters, or `all`, `any`, `not` or `afresh` around others. */
export type CheckEntry = Readonly<Record<string, any>>;

const fields = (): Fields => ({
	...Object.fromEntries(checks.map(check => [check.name, {shape: check.params}])),
	all: {shape: list('checks that must all pass', checkEntry, 1)},
	any: {shape: list('checks of which one must pass', checkEntry, 1)},
	not: {shape: checkEntry},
	afresh: {
		shape: object('checks that must also hold once pods were made anew; in a copy, and only where all before it hold', {
			pods: required(podChoice),
			checks: required(list('checks that must all pass', checkEntry, 1)),
		}),
	},
});

export const checkEntry: Shape = choice('a check', fields);

/** Answers one entry, handing on whatever commands its checks want run. */
export function* runEntry(entry: CheckEntry, context: CheckContext): CheckRun {
	const [name, params] = Object.entries(entry)[0]!;
	if (name === 'all') return together(yield* runEach(params, context));
	if (name === 'any') return either(yield* runEach(params, context));
	if (name === 'not') return opposite(yield* runEntry(params, {world: context.world}));
	if (name === 'afresh') {
		yield* makeAnew(params.pods, context.world);
		return afterwards(together(yield* runEach(params.checks, context)));
	}
	const check = checks.find(each => each.name === name);
	if (!check) throw new Error(`a lab that was validated asks for a check named ${name}`);
	const running = check.run(params, context);
	return 'next' in running ? yield* running : running;
}

function* runEach(entries: readonly CheckEntry[], context: CheckContext): Generator<any, Finding[], any> {
	const findings: Finding[] = [];
	for (const entry of entries) findings.push(yield* runEntry(entry, context));
	return findings;
}

export function either(findings: readonly Finding[]): Finding {
	const hit = findings.find(finding => finding.passed);
	const joined = (key: 'found' | 'expected', by: string) => [...new Set(findings.map(finding => finding[key]))].join(by);
	return hit ?? {...together(findings), found: joined('found', '; '), expected: joined('expected', ', or ')};
}

/** Its inner finding is asked without a title: what may not be is no secret. */
export const opposite = (finding: Finding): Finding => ({
	...finding,
	passed: !finding.passed,
	expected: `anything but ${finding.expected}`,
});
