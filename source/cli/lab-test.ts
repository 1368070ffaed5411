import path from 'node:path';
import {proofs} from '../lab/proofs.js';
import {exitStatus} from './command.js';
import type {Host} from './host.js';
import {findLab} from './lab-files.js';

/** Proves a lab: nothing done earns nothing, every solution earns all, every wrong answer misses exactly what it names. */
export async function testLabs(folders: readonly string[], json: boolean, host: Host): Promise<number> {
	let failed = 0;
	for (const folder of folders) {
		const lab = await findLab(path.resolve(folder));
		for (const {name, fault} of await proofs(lab)) {
			if (fault) failed++;
			await host.out(
				json
					? `${JSON.stringify({lab: lab.id, case: name, passed: !fault, ...(fault && {fault})})}\n`
					: `${fault ? '✗' : '✓'} ${lab.id}: ${name}${fault ? `: ${fault}` : ''}\n`,
			);
		}
	}
	return failed > 0 ? exitStatus.missed : exitStatus.done;
}
