import {existsSync, readdirSync, statSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import path from 'node:path';
import type {ProofJob, ProofResult} from './class/job.js';
import {runPool} from './class/pool.js';
import {exitStatus} from './command.js';
import type {Host} from './host.js';

export interface LabTestOptions {
	readonly json: boolean;
	/** Slips in the solutions are tried, too. */
	readonly mutants: boolean;
	readonly threads?: number;
	readonly limitSeconds?: number;
}

/** A lab that takes longer is cut off: its solution hangs, or it is far too large. */
const limitSecondsDefault = 300;
/** Part of the slips that must lose marks, in per cent. */
const mutationMin = 95;

/** Proves labs on all cores: each is played with all it brings, and with slips in its solutions. */
export async function testLabs(asked: readonly string[], options: LabTestOptions, host: Host): Promise<number> {
	const folders = longestFirst(asked);
	const {mutants, threads = availableParallelism(), limitSeconds = limitSecondsDefault} = options;
	const began = performance.now();
	const results = await runPool<ProofJob, ProofResult>(folders.length, {
		threads,
		limitSeconds,
		job: index => ({prove: path.resolve(folders[index]!), mutants}),
		onResult(index, result) {
			const folder = folders[index]!;
			void host.out(options.json ? `${JSON.stringify({folder, ...result})}\n` : labText(folder, result));
		},
	});
	const {tried, survived} = mutationOf(results);
	const failed = results.filter(result => 'reason' in result || result.proofs.some(proof => proof.fault)).length;
	if (!options.json) {
		const seconds = Math.round((performance.now() - began) / 1000);
		const slips = mutants ? `; ${tried - survived} of ${tried} slips in solutions lose marks (${percent(tried, survived)} %)` : '';
		await host.out(`${folders.length} lab${folders.length === 1 ? '' : 's'}, ${failed} with faults${slips}; ${seconds} s\n`);
	}
	return failed > 0 || percent(tried, survived) < mutationMin ? exitStatus.missed : exitStatus.done;
}

/** So that no core is left alone with a long lab at the end. Long are those whose solutions are. */
function longestFirst(folders: readonly string[]): string[] {
	const length = (folder: string) => {
		const names = existsSync(folder) ? readdirSync(folder).filter(name => /^solution.*\.sh$/.test(name)) : [];
		return names.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
	};
	return folders
		.map(folder => ({folder, length: length(folder)}))
		.sort((a, b) => b.length - a.length)
		.map(each => each.folder);
}

function labText(folder: string, result: ProofResult): string {
	if ('reason' in result) return `✗ ${folder}: ${result.reason}\n`;
	const {lab, proofs, mutation} = result;
	const faults = proofs.filter(proof => proof.fault).map(({name, fault}) => `✗ ${lab}: ${name}: ${fault}\n`);
	const survivors = mutation.survived.map(each => `  ${lab}: still full marks: ${each}\n`);
	const slips = mutation.tried > 0 ? `, ${mutation.tried - mutation.survived.length} of ${mutation.tried} slips lose marks` : '';
	const sum = `${faults.length > 0 ? '✗' : '✓'} ${lab}: ${proofs.length - faults.length} of ${proofs.length} proofs hold${slips}\n`;
	return [...faults, ...survivors, sum].join('');
}

function mutationOf(results: readonly ProofResult[]) {
	const all = results.flatMap(result => ('reason' in result ? [] : [result.mutation]));
	return {
		tried: all.reduce((sum, each) => sum + each.tried, 0),
		survived: all.reduce((sum, each) => sum + each.survived.length, 0),
	};
}

const percent = (tried: number, survived: number) => (tried === 0 ? 100 : Math.floor((1000 * (tried - survived)) / tried) / 10);
