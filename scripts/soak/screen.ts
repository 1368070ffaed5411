// node --expose-gc --import=tsx scripts/soak/screen.ts [COMMANDS] [HOURS]
// Types so many lines into the application without a terminal, then lets time pass; prints what it holds in memory all along.
import process from 'node:process';
import {findLab} from '../../source/cli/lab-files.js';
import {AppStore} from '../../source/ui/app-store.js';
import {createInkScreen} from '../../source/ui/ink-screen.js';
import {createKeyReader} from '../../source/ui/key-reader.js';
import {createLabRun} from '../../source/ui/run/lab-run.js';
import {createPainter} from '../../source/ui/painter.js';
import {defaultSettings} from '../../source/ui/settings.js';

const [commands = '10000', hours = '1'] = process.argv.slice(2);
const lines = [
	'echo {n}',
	'kubectl get pods',
	'kubectl scale deploy web --replicas={r}',
	'curl -s -m 2 $(hostname -i):30080',
	'lab undo',
	'ls /',
];
const turn = () => new Promise<void>(resolve => void setImmediate(resolve));
const tickMs = 100;

const lab = await findLab('ipvs-switch');
const ports = {chapters: [{title: {en: 'Labs', zh: '实验'}, labs: [lab]}], best: () => ({})};
const openLab = async () =>
	createLabRun({lab, seed: 'soak', breathe: turn, wait: () => new Promise(() => {}), onMarks() {}, onRecord: () => undefined});
const store = new AppStore({...ports, keepSettings() {}, leave() {}, openLab}, defaultSettings, {columns: 120, rows: 40});
const [reader, screen, painter] = [createKeyReader(), createInkScreen(ports), createPainter()];
let bytes = 0;
const paint = () => (bytes += painter.paint(screen.frame(store.get())).length);

await store.open('ipvs-switch');
await pass(20_000);
const many = Number(commands);
for (let n = 0; n < many; n++) {
	if (n % Math.max(1, Math.floor(many / 10)) === 0) report(`${n} commands`);
	await type(lines[n % lines.length]!.replace('{n}', String(n)).replace('{r}', String((n % 4) + 1)));
}
report(`${many} commands`);
for (let hour = 0; hour < Number(hours) * 4; hour++) {
	await pass(900_000);
	report(`${(hour + 1) * 15} minutes later`);
}
store.close();
process.exit(0);

async function type(line: string) {
	for (const key of reader.read(`${line}\r`)) store.press(key);
	await turn();
	while (store.run?.view().busy) {
		await turn();
		await store.run.advance(tickMs);
	}
	paint();
}

async function pass(ms: number) {
	for (let passed = 0; passed < ms; passed += 1000) {
		await store.run?.advance(1000);
		paint();
	}
}

function report(when: string) {
	globalThis.gc?.();
	console.log(`${when.padEnd(20)} ${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MiB, ${Math.round(bytes / 1024)} KiB painted`);
}
