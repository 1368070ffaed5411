import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {get} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import {findKubectl} from '../../scripts/real-kubectl/find.js';
import {startEndpoint} from './_endpoint.js';

const kubectl = findKubectl();
const withKubectl = kubectl ? test.serial : test.serial.skip;
if (!kubectl) console.log('test/serve/real-kubectl: no kubectl 1.33 on this machine; its tests are skipped');

async function startKubectl(profile: string) {
	const {cluster, endpoint} = await startEndpoint(profile);
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-serve-'));
	const config = path.join(folder, 'config');
	writeFileSync(config, endpoint.kubeconfig, {mode: 0o600});
	const pump = setInterval(() => void endpoint.time.advance(200), 20);
	const env = {...process.env, KUBECONFIG: config, HOME: folder};
	return {
		folder,
		run: (args: readonly string[], {stdin = '', extra = {}}: {stdin?: string; extra?: Record<string, string>} = {}) =>
			new Promise<{stdout: string; stderr: string; exitCode: number}>(resolve => {
				const child = execFile(kubectl!, [...args], {env: {...env, ...extra}, timeout: 20_000}, (error, stdout, stderr) =>
					resolve({stdout, stderr, exitCode: error ? Number(error.code ?? 1) : 0}),
				);
				child.stdin?.end(stdin);
			}),
		start: (args: readonly string[]) => spawn(kubectl!, [...args], {env}),
		write(name: string, text: string) {
			const file = path.join(folder, name);
			writeFileSync(file, text);
			return file;
		},
		async close() {
			clearInterval(pump);
			await endpoint.close();
		},
		cluster,
	};
}

const configMap = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: "${value}"\n`;

withKubectl('apply, server-side apply, diff, edit, explain', async t => {
	const {run, write, close} = await startKubectl('empty');
	t.teardown(close);
	const says = async (args: string[], stdout: string | RegExp, options?: Parameters<typeof run>[1], exitCode = 0) => {
		const answer = await run(args, options);
		const message = `${args.join(' ')}\n${answer.stdout}${answer.stderr}`;
		t.is(answer.exitCode, exitCode, message);
		if (typeof stdout === 'string') t.is(answer.stdout, stdout, message);
		else t.regex(answer.stdout, stdout, message);
	};
	const file = write('a.yaml', configMap('1'));
	await says(['apply', '-f', file], 'configmap/a created\n');
	write('a.yaml', configMap('2'));
	await says(['diff', '-f', file], /^-\s+k: "1"\n\+\s+k: "2"$/m, {}, 1);
	await says(['apply', '-f', file], 'configmap/a configured\n');
	await says(['apply', '-f', file], 'configmap/a unchanged\n');
	await says(['apply', '--server-side', '--field-manager=other', '--force-conflicts', '-f', '-'], 'configmap/a serverside-applied\n', {
		stdin: configMap('3'),
	});
	const conflict = await run(['apply', '--server-side', '-f', '-'], {stdin: configMap('4')});
	t.regex(conflict.stderr, /conflict with "other": \.data\.k/);
	await says(['edit', 'configmap', 'a'], 'configmap/a edited\n', {extra: {KUBE_EDITOR: 'sed -i /k:/s/3/5/'}});
	await says(['get', 'configmap', 'a', '-o', 'jsonpath={.data.k}'], '5');
	await says(
		['explain', 'deployment.spec.strategy', '--recursive'],
		/FIELD: strategy <DeploymentStrategy>[\s\S]*rollingUpdate\t<RollingUpdateDeployment>\n {4}maxSurge\t<IntOrString>/,
	);
	await says(['create', 'deployment', 'web', '--image=nginx', '--replicas=2'], 'deployment.apps/web created\n');
	await says(['rollout', 'status', 'deployment/web'], /successfully rolled out/);
	await says(['auth', 'can-i', 'create', 'pods', '--as', 'nobody'], 'no\n', {}, 1);
});

/** Waits until what a program prints contains `wanted`. */
const printed = (t: ExecutionContext, child: ReturnType<typeof spawn>, wanted: RegExp) =>
	new Promise<string>((resolve, reject) => {
		let text = '';
		const timer = setTimeout(() => reject(new Error(`${wanted} was not printed: ${text}`)), 15_000);
		const take = (chunk: Buffer) => {
			text += chunk.toString();
			if (!wanted.test(text)) return;
			clearTimeout(timer);
			t.pass();
			resolve(text);
		};
		child.stdout?.on('data', take);
		child.stderr?.on('data', take);
	});

withKubectl('get -w, exec, logs -f, port-forward', async t => {
	const {run, start, close} = await startKubectl('base');
	t.teardown(close);
	const watching = start(['get', 'pods', '-w']);
	const seen = printed(t, watching, /^p\s+1\/1\s+Running/m);
	t.is((await run(['run', 'p', '--image=nginx'])).stdout, 'pod/p created\n');
	t.regex(await seen, /^p\s+0\/1\s+ContainerCreating/m);
	watching.kill();
	t.deepEqual(await run(['exec', 'p', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3']), {
		stdout: 'out\n',
		stderr: 'err\ncommand terminated with exit code 3\n',
		exitCode: 3,
	});
	t.is((await run(['exec', '-i', 'p', '--', 'cat'], {stdin: 'through\n'})).stdout, 'through\n');
	const logs = start(['logs', '-f', 'p']);
	const forward = start(['port-forward', 'pod/p', ':80']);
	const [, port] = /127\.0\.0\.1:(\d+) -> 80/.exec(await printed(t, forward, /127\.0\.0\.1:\d+ -> 80/))!;
	const logged = printed(t, logs, /"GET \/ HTTP\/1\.1" 200/);
	const page = await new Promise<string>((resolve, reject) => {
		get({port, host: '127.0.0.1', agent: false}, response => {
			let text = '';
			response.on('data', chunk => (text += chunk));
			response.on('end', () => resolve(text));
		}).on('error', reject);
	});
	t.regex(page, /Welcome to nginx!/);
	await logged;
	const stamped = await run(['logs', 'p', '--timestamps', '--tail=1', `--since-time=${new Date(Date.now() - 3_600_000).toISOString()}`]);
	t.true(Math.abs(Date.parse(stamped.stdout.slice(0, 23) + 'Z') - Date.now()) < 600_000, stamped.stdout);
	logs.kill();
	forward.kill();
});
