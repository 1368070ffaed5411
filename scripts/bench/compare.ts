import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {Figure} from './bench.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** What differs by less is noise on a machine that does other things, too. */
const noise = 1.15;

/** Figures of another time: saved ones (a `.jsonl` file), or those of a commit, measured now on this machine. */
export function figuresOf(base: string, names: readonly string[]): ReadonlyMap<string, Figure> {
	const text = existsSync(base) ? readFileSync(base, 'utf8') : measuredAt(base, names);
	const figures = text.split('\n').flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Figure] : []));
	return new Map(figures.map(figure => [figure.name, figure]));
}

function measuredAt(commit: string, names: readonly string[]): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-base-'));
	const git = (...argv: string[]) => execFileSync('git', argv, {cwd: root, maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit']});
	try {
		execFileSync('tar', ['-x', '-C', folder], {input: git('archive', commit)});
		symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
		const run = (...argv: string[]) =>
			execFileSync(process.execPath, argv, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']});
		run('scripts/build.mjs');
		// As that commit measured itself: `node ...`.
		const [, ...bench] = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).scripts.bench.split(' ');
		return run(...bench, ...names);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** The same figure, with what it was; `worse` beyond the noise. */
export function compared(figure: Figure, before: Figure | undefined): Figure & {before?: number; change?: number; worse?: boolean} {
	if (!before || !(before.value > 0)) return figure;
	// A ratio to a peer of the same run says more than milliseconds.
	const change = figure.ratio !== undefined && before.ratio ? figure.ratio / before.ratio : figure.value / before.value;
	return {...figure, before: before.value, change: Number(change.toFixed(2)), ...(change > noise && {worse: true})};
}
