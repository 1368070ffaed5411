import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import test from 'ava';
import {onlyWhatWeUse} from '../../scripts/bundle-plugins.mjs';
import {root} from '../helpers/source-files.js';

const flag = Number(process.versions.node.split('.')[0]) >= 24 ? '--permission' : '--experimental-permission';
const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-permission-'));
const canary = path.join(folder, 'canary');
writeFileSync(canary, 'real file of the real machine');

const lines = [
	`cat ${canary}; cat /proc/self/environ; ls ${folder}; echo gone > ${canary}; rm -rf ${folder}`,
	'curl -s -m 2 http://127.0.0.1:22; wget -qO- http://example.org; nc -z localhost 22; ssh root@localhost hostname',
	'node -e "process.exit()"; python3 -c "import os; os.system(\'id\')"; perl -e "system(1)"; awk \'BEGIN {system("hostname")}\'; bash -c hostname; $(which vi) x',
	'kubectl create deployment web --image=nginx; kubectl get deploy; find / -name canary; jq -n "env|keys" | head -3; sed "s/a/b/e" <<< "touch x"',
];

/** Node refuses writes, processes, threads and addons: if the simulation tried one of them, the program would fail. */
test('the simulated shell needs no right to write, to start a process or a thread', async t => {
	const entry = path.join(folder, 'entry.ts');
	writeFileSync(
		entry,
		`import {createCluster} from '${root}/source/cluster/cluster.ts'; import {createPlayer} from '${root}/source/lab/player.ts';
const play = async () => {
	const player = createPlayer(createCluster({profile: 'empty'}));
	for (const line of ${JSON.stringify(lines)}) { const {stdout, stderr} = await player.play(line); process.stdout.write(stdout + stderr); }
};
void play();`,
	);
	const outfile = path.join(folder, 'program.cjs');
	await build({
		entryPoints: [entry],
		outfile,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		loader: {'.txt': 'text'},
		define: {'import.meta.url': '__url'},
		banner: {js: "const __url = require('node:url').pathToFileURL(__filename).href;"},
		nodePaths: [path.join(root, 'node_modules')],
		plugins: [onlyWhatWeUse],
		logLevel: 'error',
	});
	const argv = ['--no-warnings', flag, '--allow-fs-read=*', outfile];
	const printed = execFileSync(process.execPath, argv, {encoding: 'utf8', env: {PATH: process.env['PATH'], SECRET: 'of the real machine'}});
	t.true(existsSync(canary));
	t.notRegex(printed, /of the real machine|ERR_ACCESS_DENIED|something went wrong inside/);
	t.regex(printed, /deployment\.apps\/web created/);
	t.regex(printed, /k8s-master/);
});
