import process from 'node:process';
import {compared, figuresOf} from './compare.js';
import benches from './index.js';

const words = process.argv.slice(2);
const compare = words.indexOf('--compare');
const base = compare < 0 ? undefined : words[compare + 1];
const names = words.filter((word, at) => !word.startsWith('-') && (compare < 0 || at !== compare + 1));
const unknown = names.filter(name => !benches.some(bench => bench.name === name));
if (unknown.length > 0) {
	console.error(`there is no benchmark ${unknown.join(', ')}; there are ${benches.map(bench => bench.name).join(', ')}`);
	process.exit(2);
}

const before = base === undefined ? undefined : figuresOf(base, names);
for (const bench of benches) {
	if (names.length > 0 && !names.includes(bench.name)) continue;
	try {
		for (const figure of await bench.run()) {
			const shown = compared(figure, before?.get(figure.name));
			if (shown.worse) process.exitCode = 1;
			console.log(JSON.stringify(shown));
		}
	} catch (error) {
		process.exitCode = 1;
		console.error(`${bench.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	}
}

// Timers of what was measured must not keep the process.
process.exit(process.exitCode ?? 0);
