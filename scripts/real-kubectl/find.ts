import {existsSync, readdirSync, realpathSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const wanted = 'kubectl.1.33';

/** The real kubectl 1.33: somewhere on PATH, or beside what a `kubectl` there leads to. */
export function findKubectl(): string | undefined {
	for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
		const link = path.join(folder, 'kubectl');
		if (!existsSync(link)) continue;
		const home = path.dirname(realpathSync(link));
		if (readdirSync(home).includes(wanted)) return path.join(home, wanted);
	}
	return undefined;
}
