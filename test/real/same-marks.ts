import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {findKubectl} from '../../scripts/real-kubectl/find.js';
import {findLab} from '../../source/cli/lab-files.js';
import {askReal} from '../../source/cli/real/ask.js';
import {markReal, realReportText} from '../../source/cli/real/mark.js';
import type {Cluster} from '../../source/cluster/cluster.js';
import {judgeNow} from '../../source/lab/judge-now.js';
import {createPlayer} from '../../source/lab/player.js';
import {defaultSeed} from '../../source/lab/seed.js';
import {startLab} from '../../source/lab/start.js';
import {variantOf} from '../../source/lab/format/variant.js';
import {serve} from '../../source/serve/server.js';

const kubectl = findKubectl();
const withKubectl = kubectl ? test.serial : test.serial.skip;
if (!kubectl) console.log('test/real: no kubectl 1.33 on this machine; its tests are skipped');

/** Labs of the cluster alone, with a good answer and one that misses what kubectl can be asked for. */
const asked: ReadonlyArray<readonly [lab: string, answer: string]> = [
	['service-discovery', 'wrong/one-namespace.sh'],
	['service-discovery', 'solution.sh'],
	['canary-weight', 'wrong/percent-only.sh'],
	['networkpolicy-basics', 'wrong/wrong-side.sh'],
	['networkpolicy-basics', 'solution.sh'],
];

for (const [id, name] of asked)
	withKubectl(`${id}, ${name}: the same marks by the simulation and through the real kubectl`, async t => {
		t.timeout(240_000);
		const lab = variantOf(await findLab(id), defaultSeed);
		const cluster = startLab(lab, defaultSeed);
		const player = createPlayer(cluster);
		const {text} = [...lab.wrong, ...lab.solutions].find(each => each.name === name)!;
		for (const command of await player.commandsOf(text)) await player.play(command);
		const ours = await judgeNow(lab, cluster);
		const real = await throughKubectl(t, cluster, env => markReal(lab, {probeImage: 'curlimages/curl', env}));
		const both = real.objectives.filter(each => each.left === undefined);
		t.deepEqual(
			both.map(({id, passed}) => [id, passed]),
			ours.objectives.filter(({id}) => both.some(each => each.id === id)).map(({id, passed}) => [id, passed]),
			realReportText(real),
		);
		t.is(real.passed, name === 'solution.sh', realReportText(real));
	});

test('what kubectl says of itself is not taken for what a pod said', async t => {
	const ask = (exitCode: number, stderr: string) => {
		const cluster = {
			kubectl: {run: async () => ({exitCode, stdout: '', stderr})},
			list: async () => [{metadata: {namespace: 'default', name: 'a'}}],
			addressBook: async () => ({}),
		};
		return askReal({connect: {from: {pods: {}}, to: 'http://10.0.0.1/', timeout: true}}, cluster as any, {} as any);
	};
	t.true((await ask(28, 'command terminated with exit code 28')).passed);
	await t.throwsAsync(ask(1, 'Error from server: error dialing backend: dial tcp: no such host'), {
		name: 'NotHere',
		message: /pod default\/a/,
	});
	await t.throwsAsync(ask(1, 'error: unable to upgrade connection: container not found ("web")'), {
		name: 'PodSilent',
		message: /container not found/,
	});
});

async function throughKubectl<T>(t: ExecutionContext, cluster: Cluster, act: (env: Record<string, string | undefined>) => Promise<T>) {
	const endpoint = await serve(cluster, {port: 0, token: 'teacher', nowMs: Date.now()});
	const pump = setInterval(() => void endpoint.time.advance(500), 20);
	t.teardown(async () => {
		clearInterval(pump);
		await endpoint.close();
	});
	const config = path.join(mkdtempSync(path.join(tmpdir(), 'kubelab-real-')), 'config');
	writeFileSync(config, endpoint.kubeconfig, {mode: 0o600});
	return act({...process.env, KUBECONFIG: config, KUBELAB_KUBECTL: kubectl!});
}
