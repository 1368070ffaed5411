// Draws the pictures in media/ from the real program, driven through a real pseudo-terminal: npm run media
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {toSvg} from './svg.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

interface Picture {
	readonly file: string;
	readonly columns: number;
	readonly rows: number;
	readonly argv: readonly string[];
	/** What to type, and what must then be seen before going on. */
	readonly steps: ReadonlyArray<readonly [keys: string, sign: RegExp]>;
}

const prompt = /\[root@k8s-master ~\]# *\n/;
const switchOver: Picture['steps'] = [
	['', prompt],
	[
		'yum install ipvsadm -y | tail -n 1; for n in k8s-node1 k8s-node2; do ssh $n yum install ipvsadm -y | tail -n 1; done\r',
		/(Complete![\s\S]*){3}/,
	],
	['kubectl -n kube-system get cm kube-proxy -o yaml | sed \'s/mode: ""/mode: "ipvs"/\' | kubectl apply -f -\r', /configured/],
	['kubectl -n kube-system get pod | awk \'/proxy/{system("kubectl -n kube-system delete pods "$1)}\'\r', /(deleted[\s\S]*){3}/],
	['clear; kubectl -n kube-system rollout status ds/kube-proxy\r', /successfully rolled out/],
	["for i in $(seq 10); do curl -s $(kubectl get svc web -o jsonpath='{.spec.clusterIP}')/hostname.html; done\r", /100 %/],
];

const esc = '\u001b';
const pictures: readonly Picture[] = [
	{
		file: 'lab.svg',
		columns: 140,
		rows: 44,
		argv: ['start', 'ipvs-switch', '--speed', '4'],
		steps: [...switchOver, [`${esc}5`, /VIRTUAL/], ['', /(web-\S+ *\n){10}\[root/]],
	},
	{
		file: 'lab-80x24-zh.svg',
		columns: 80,
		rows: 24,
		argv: ['start', 'ipvs-switch', '--lang', 'zh'],
		steps: [
			['', /终端/],
			['kubectl get pods -o wide\r', /Running/],
		],
	},
	{
		file: 'timeline.svg',
		columns: 120,
		rows: 40,
		argv: ['start', 'ipvs-switch', '--speed', '4'],
		steps: [
			['', prompt],
			['kubectl get svc\r', /web-nodeport/],
			['kubectl scale deploy web --replicas=5\r', /scaled/],
			['kubectl patch svc web -p \'{"spec":{"selector":{"app":"wbe"}}}\'\r', /patched/],
			[`${esc}9`, /Changed by/],
			[esc, /Esc back/],
			['', /What clients meet/],
		],
	},
	{
		file: 'trace.svg',
		columns: 160,
		rows: 48,
		argv: ['start', 'ipvs-switch'],
		steps: [
			['', prompt],
			['kubectl get svc web\r', /ClusterIP/],
			['curl -s -m 3 172.25.254.10:30080\r', /Hello MyApp/],
			[`${esc}0`, /Pane/],
			['trace\r', /Last request/],
			[esc, /trace it/],
			['t', /=> /],
		],
	},
	{
		file: 'pods-80x24.svg',
		columns: 80,
		rows: 24,
		argv: ['start', 'ipvs-switch'],
		steps: [
			['', prompt],
			[`${esc}3`, /NAME/],
			[esc, /Esc back|sort/],
			['jj/web', /Filter: web/],
		],
	},
	{file: 'labs.svg', columns: 100, rows: 24, argv: [], steps: [['', /Choose a lab/]]},
	{
		file: 'keys.svg',
		columns: 100,
		rows: 30,
		argv: ['start', 'ipvs-switch'],
		steps: [
			['', prompt],
			['\u0007', /In a pane/],
		],
	},
];

const wanted = process.argv.slice(2);
for (const picture of pictures) {
	if (wanted.length > 0 && !wanted.includes(picture.file)) continue;
	writeFileSync(path.join(root, 'media', picture.file), await capture(picture));
	console.log(`media/${picture.file}`);
}

async function capture({columns, rows, argv, steps}: Picture): Promise<string> {
	const home = mkdtempSync(path.join(tmpdir(), 'kubelab-media-'));
	// Not the first start: the tour has been seen.
	writeFileSync(path.join(home, 'progress.json'), JSON.stringify({labs: {'ipvs-switch': {best: 35, max: 100}}}));
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(CI|CONTINUOUS_INTEGRATION|NODE_OPTIONS|NO_COLOR|LANG|LC_.*)$/.test(name),
	);
	const env = {...(Object.fromEntries(inherited) as Record<string, string>), LANG: 'C.UTF-8', FORCE_COLOR: '1', KUBELAB_HOME: home};
	const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), ...argv], {
		cols: columns,
		rows,
		cwd: root,
		name: 'xterm-256color',
		env,
	});
	child.onData(data => terminal.write(data));
	const screen = () => Array.from({length: rows}, (_, y) => terminal.buffer.active.getLine(y)?.translateToString(true) ?? '').join('\n');
	try {
		for (const [keys, sign] of steps) {
			child.write(keys);
			const end = performance.now() + 60_000;
			while (!sign.test(screen())) {
				if (performance.now() > end) throw new Error(`never saw ${sign}:\n${screen()}`);
				await delay(50);
			}
		}
		await delay(1500);
		return toSvg(terminal);
	} finally {
		child.kill('SIGKILL');
		rmSync(home, {recursive: true, force: true});
	}
}
