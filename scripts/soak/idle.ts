// node --import=tsx scripts/soak/idle.ts [COLUMNS] [ROWS] [SECONDS]     processor time of the built application while nobody types
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';

const [columns = 80, rows = 24, seconds = 60] = process.argv.slice(2).map(Number);
/** The lab has come to rest, its goals are marked seldom, and V8 has tidied up once after the start: a third of a second, some two minutes in. */
const restMs = 150_000;
/** Of /proc/PID/stat: hundredths of a second. */
const tickMs = 10;
const home = mkdtempSync(path.join(tmpdir(), 'kubelab-idle-'));
const child = spawn(process.execPath, ['dist/cli.js', 'start', 'ipvs-switch'], {
	cols: columns,
	rows,
	cwd: fileURLToPath(new URL('../../', import.meta.url)),
	env: {...(process.env as Record<string, string>), KUBELAB_HOME: home, TERM: 'xterm-256color'},
});
let bytes = 0;
child.onData(data => (bytes += data.length));
const processorMs = () => {
	const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * tickMs;
};
await delay(restMs);
bytes = 0;
const before = processorMs();
await delay(seconds * 1000);
console.log(JSON.stringify({columns, rows, percent: (processorMs() - before) / (seconds * 10), bytesASecond: Math.round(bytes / seconds)}));
const ended = new Promise<void>(resolve => child.onExit(() => resolve()));
child.kill('SIGTERM');
await ended;
rmSync(home, {recursive: true});
process.exit();
