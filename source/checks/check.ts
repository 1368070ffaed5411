import type {World} from '../node/world.js';
import type {ExecResult} from '../shell/command.js';
import type {Shape} from './shape.js';

/**
 * One thing a lab can ask about a cluster: a key in lab.yaml, what may stand behind it, and how it is answered. A check looks at
 * state and behaviour only; whoever runs it puts the world back as it was, so it may send packets.
 */
export interface Check<P = any> {
	readonly name: string;
	readonly params: Shape;
	run(params: P, context: CheckContext): Finding | CheckRun;
}

export interface CheckContext {
	readonly world: World;
	/** A failure shall say what decided, though finding that out takes longer. */
	readonly explain?: boolean;
	/** Of the objective, in all languages: what a reason may tell, see `told.ts`. */
	readonly title?: string;
}

/** A check that has to run commands yields them, and is handed what they printed. */
export type CheckRun = Generator<CommandLine, Finding, ExecResult>;

export interface CommandLine {
	readonly host: string;
	readonly line: string;
}

export interface Finding {
	readonly passed: boolean;
	/** What is there, naming the node or object: `k8s-node1: /usr/sbin/ipvsadm does not exist`. */
	readonly found: string;
	readonly expected: string;
	/** Where a learner can see it: a command to type. Never the solution. */
	readonly look: string;
}

/** The sentence a learner reads below a missed objective. */
export const reasonOf = ({found, expected, look}: Finding): string => `${found}; expected ${expected.replace(/\.$/, '')}. Look at: ${look}`;

/** One finding for the same question asked at many places; the failures speak first. */
export function together(findings: readonly Finding[]): Finding {
	// "Every node" must not hold because there is none.
	if (findings.length === 0)
		return {passed: false, found: 'there is nothing to look at', expected: 'a host or a running pod', look: 'kubectl get nodes,pods -A'};
	const failed = findings.filter(finding => !finding.passed);
	const shown = failed.length > 0 ? failed : findings;
	// One mistake at a time: what is asked for in the same words is told together, the rest once that is mended.
	const first = shown.filter(finding => finding.expected === shown[0]!.expected);
	return {
		passed: failed.length === 0,
		found: grouped(first.map(finding => finding.found)),
		expected: first[0]!.expected,
		look: first[0]!.look,
	};
}

/** `a: x`, `b: x`, `c: y` are told as `a, b: x; c: y`. */
function grouped(texts: readonly string[]): string {
	const byText = new Map<string, string[]>();
	for (const text of texts) {
		const colon = text.indexOf(': ');
		const what = colon === -1 ? text : text.slice(colon + 2);
		byText.set(what, [...(byText.get(what) ?? []), ...(colon === -1 ? [] : [text.slice(0, colon)])]);
	}
	return [...byText].map(([what, places]) => (places.length > 0 ? `${[...new Set(places)].join(', ')}: ${what}` : what)).join('; ');
}
