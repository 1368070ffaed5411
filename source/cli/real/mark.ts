import {reasonOf} from '../../checks/check.js';
import {titlesOf} from '../../lab/judge.js';
import type {Lab, Objective} from '../../lab/lab.js';
import {askReal} from './ask.js';
import {createKubectl, type Kubectl} from './kubectl.js';
import {createProbes, NotHere, PodSilent, type Probes} from './places.js';
import {openRealCluster, type RealCluster} from './real-cluster.js';

export interface RealMark {
	readonly id: string;
	readonly title: string;
	readonly points: number;
	readonly max: number;
	readonly passed: boolean;
	readonly reason: string;
	/** Why it cannot be asked of a real cluster; then it counts for nothing. */
	readonly left?: string;
}

export interface RealReport {
	readonly lab: string;
	readonly cluster: string;
	readonly score: number;
	readonly max: number;
	readonly passed: boolean;
	readonly objectives: readonly RealMark[];
}

/** Marks a real cluster as it stands now. Objectives that look into machines are left out, and say so. */
export async function markReal(
	lab: Lab,
	{
		context,
		probeImage,
		env,
	}: {readonly context?: string; readonly probeImage: string; readonly env: Readonly<Record<string, string | undefined>>},
): Promise<RealReport> {
	const kubectl = createKubectl(context, env);
	const cluster = await openRealCluster(kubectl);
	const probes = createProbes(cluster, probeImage);
	try {
		const held: RealMark[] = [];
		for (const objective of lab.objectives) held.push(await markOne(objective, cluster, probes));
		const earned = held.some((mark, index) => mark.passed && !lab.objectives[index]!.keep);
		const objectives = held.map((mark, index) =>
			mark.passed && lab.objectives[index]!.keep && !earned
				? {...mark, passed: false, points: 0, reason: 'it holds, but counts only once another objective is met'}
				: mark,
		);
		const asked = objectives.filter(each => each.left === undefined);
		return {
			lab: lab.id,
			cluster: context ?? (await currentContext(kubectl)),
			score: asked.reduce((total, each) => total + each.points, 0),
			max: asked.reduce((total, each) => total + each.max, 0),
			passed: asked.length > 0 && asked.every(each => each.passed),
			objectives,
		};
	} finally {
		await probes.remove();
	}
}

async function markOne({id, title, points, checks}: Objective, cluster: RealCluster, probes: Probes): Promise<RealMark> {
	const base = {id, title: title.en, max: points, points: 0, passed: false};
	try {
		for (const entry of checks) {
			const finding = await askReal(entry, cluster, probes, titlesOf(title));
			if (!finding.passed) return {...base, reason: reasonOf(finding)};
		}
		return {...base, points, passed: true, reason: ''};
	} catch (error) {
		if (error instanceof NotHere) return {...base, reason: '', left: error.message};
		if (error instanceof PodSilent) return {...base, reason: error.message};
		throw error;
	}
}

const currentContext = async (kubectl: Kubectl) => (await kubectl.get('config', 'current-context'))?.trim() || 'the current one';

export function realReportText({lab, cluster, score, max, objectives}: RealReport): string {
	const lines = objectives.flatMap(({title, points, max: most, passed, reason, left}) => [
		`${left === undefined ? (passed ? '✓' : '✗') : '-'} ${`${points}/${most}`.padStart(7)}  ${title}`,
		...(left === undefined ? [] : [`           not asked of a real cluster: ${left}`]),
		...(reason ? [`           ${reason}`] : []),
	]);
	const total =
		max === 0 ? 'none of its objectives can be asked of a real cluster' : `${Math.round((100 * score) / max)} % (${score} of ${max})`;
	return [`${lab} on ${cluster}`, ...lines, total, ''].join('\n');
}
