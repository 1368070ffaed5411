import {execFile, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {loadSavedWorlds} from '../../source/cli/saved-worlds.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {serve} from '../../source/serve/server.js';

export interface Ran {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
}

/** The world keeps pace with the client: what runs a second is to be seen running. */
const tickMs = 10;
const stepTimeoutMs = 150_000;
/** A world that comes to rest between two lines runs ahead of the client's clock: it starts so far behind that none of its times lies ahead. */
const headStartMs = 3 * 3_600_000;

/**
 * A home with the real kubectl on its PATH, and a world of the profile that it is pointed at. After a line the world settles, or goes on
 * for `pauseMs` as any cluster would.
 */
export async function createDesk(kubectl: string, profile: string, pauseMs?: number) {
	loadSavedWorlds();
	const cluster = createCluster({profile});
	cluster.restore(cluster.snapshot());
	const endpoint = await serve(cluster, {port: 0, token: 'desk-token', nowMs: Date.now() - (pauseMs === undefined ? headStartMs : 0)});
	const home = mkdtempSync(path.join(tmpdir(), 'kubelab-desk-'));
	const [bin, work] = [path.join(home, 'bin'), path.join(home, 'work')];
	for (const folder of [bin, work, path.join(home, '.kube')]) mkdirSync(folder);
	symlinkSync(kubectl, path.join(bin, 'kubectl'));
	writeFileSync(path.join(home, '.kube', 'config'), endpoint.kubeconfig, {mode: 0o600});
	const {KUBECONFIG: _, ...inherited} = process.env;
	const env = {...inherited, HOME: home, PATH: `${bin}${path.delimiter}${inherited['PATH'] ?? ''}`};
	let last = performance.now();
	const pump = setInterval(() => {
		const now = performance.now();
		void endpoint.time.advance(Math.round(now - last));
		last = now;
	}, tickMs);
	return {
		cluster,
		endpoint,
		work,
		/** One line in a bash of its own. */
		run: (line: string) =>
			new Promise<Ran>(resolve => {
				const child = execFile(
					'bash',
					['-c', line],
					{cwd: work, env, timeout: stepTimeoutMs, maxBuffer: 1 << 26},
					(error, stdout, stderr) => {
						const ran = {stdout, stderr, exitCode: error ? (typeof error.code === 'number' ? error.code : 1) : 0};
						if (pauseMs === undefined) cluster.settle();
						setTimeout(() => resolve(ran), pauseMs ?? 0);
					},
				);
				child.stdin?.end();
			}),
		start: (args: readonly string[]) => spawn(kubectl, [...args], {cwd: work, env}),
		async close() {
			clearInterval(pump);
			await endpoint.close();
			rmSync(home, {recursive: true, force: true});
		},
	};
}
