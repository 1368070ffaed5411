import process from 'node:process';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {findLab} from '../../source/cli/lab-files.js';
import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';
import {AppStore} from '../../source/ui/app/app-store.js';
import {createInkScreen} from '../../source/ui/screen/ink-screen.js';
import {createKeyReader} from '../../source/ui/keys/key-reader.js';
import {createPainter} from '../../source/ui/screen/painter.js';
import {createLabRun} from '../../source/ui/run/lab-run.js';
import {defaultSettings} from '../../source/ui/state/settings.js';
import {type Bench, type Figure, round} from './bench.js';
import {type Maker, names, objectCommands} from './random-commands.js';

/** `BENCH_COMMANDS=10000` for the long curve. */
const commands = Number(process.env['BENCH_COMMANDS'] ?? 2000);
const looks = 10;
const hourMs = 3_600_000;
const lines: readonly Maker[] = [
	...objectCommands,
	name => `kubectl delete pod ${name} --now`,
	name => `curl -s -m 2 $(kubectl get svc ${name} -o jsonpath={.spec.clusterIP})`,
	(_, number) => `iptables -A INPUT -p tcp --dport ${8000 + number} -j DROP`,
	() => 'iptables -F INPUT',
	(name, number) => `N=${number}; echo $N ${name} > note; cd /tmp; cd -`,
	(_, number) => `sleep ${number}`,
	() => 'kubectl get pods -A -o wide',
	() => 'lab undo',
];

/** What the application holds while a learner types one line a second, and while it then lies for an hour. */
const bench: Bench = {
	name: 'memory',
	async run() {
		setFlagsFromString('--expose-gc');
		const {type, pass, close} = await application();
		const random = createRandom(new State(), 'memory');
		const curve: Figure[] = [];
		const look = (name: string) => curve.push({name: `memory-${name}`, value: round(heapMiB(), 1), unit: 'MiB'});
		look('0-commands');
		for (let each = 1; each <= commands; each++) {
			await type(random.pick(lines)(random.pick(names), random.int(6)));
			await pass(1000, 200);
			if (each % Math.ceil(commands / looks) === 0) look(`${each}-commands`);
		}
		await pass(hourMs, 100);
		look('idle-hour');
		close();
		return curve;
	},
};
export default bench;

async function application() {
	const lab = await findLab('ipvs-switch');
	const ports = {chapters: [{title: {en: 'Labs', zh: '实验'}, labs: [lab]}], best: () => ({})};
	const turn = () => new Promise<void>(resolve => void setImmediate(resolve));
	const wait = () => new Promise<void>(() => {});
	const openLab = async () => createLabRun({lab, seed: 'memory', breathe: turn, wait, onMarks() {}, onRecord: () => undefined});
	const store = new AppStore({...ports, keepSettings() {}, leave() {}, openLab}, defaultSettings, {columns: 120, rows: 40});
	const [reader, screen, painter] = [createKeyReader(), createInkScreen(ports), createPainter()];
	await store.open(lab.id);
	const run = store.run!;
	const pass = async (ms: number, tickMs: number) => {
		for (let passed = 0; passed < ms; passed += tickMs) await run.advance(tickMs);
		painter.paint(screen.frame(store.get()));
	};
	await pass(20_000, 1000);
	return {
		pass,
		async type(line: string) {
			for (const key of reader.read(`${line}\r`)) store.press(key);
			await turn();
			do {
				await turn();
				await run.advance(200);
			} while (run.view().busy);
			painter.paint(screen.frame(store.get()));
		},
		close: () => store.close(),
	};
}

function heapMiB(): number {
	(runInNewContext('gc') as () => void)();
	return process.memoryUsage().heapUsed / 2 ** 20;
}
