import {createPlayer} from '../../source/lab/player.js';
import {createDesk} from './desk.js';
import {normal} from './normal.js';

const setUp = [
	'kubectl create deployment web --image=nginx:1.27 --replicas=2',
	'kubectl expose deployment web --port=80',
	'kubectl create configmap conf --from-literal=a=1 --from-literal=b="two words"',
	'kubectl create secret generic key --from-literal=password=s3cret',
	'kubectl run one --image=busybox:1.36 --labels=app=one,tier=x --command -- sleep 3600',
	'kubectl create job pi --image=busybox:1.36 -- true',
	'kubectl create ingress way --rule="a.example.org/*=web:80"',
];

export interface Difference {
	readonly line: string;
	readonly what: 'stdout' | 'stderr' | 'exitCode';
	readonly ours: string;
	readonly theirs: string;
}

/** What our kubectl and the real one say otherwise of one and the same world. */
export async function* differences(kubectl: string, lines: readonly string[]): AsyncGenerator<Difference> {
	const {cluster, run, close} = await createDesk(kubectl, 'base');
	const player = createPlayer(cluster);
	for (const line of setUp) await player.play(line);
	const start = cluster.snapshot();
	for (const line of lines) {
		cluster.restore(start);
		const real = await run(line);
		cluster.restore(start);
		const own = await createPlayer(cluster).session.run(line);
		for (const what of ['stdout', 'stderr', 'exitCode'] as const) {
			const [ours, theirs] = [normal(String(own[what])), normal(String(real[what]))];
			if (ours !== theirs) yield {line, what, ours, theirs};
		}
	}
	await close();
}
