import {readdirSync} from 'node:fs';
import path from 'node:path';
import {labsFolder, readLabFiles} from '../../../source/cli/lab-files.js';
import {loadLab} from '../../../source/lab/format/load.js';
import type {Family} from '../family.js';
import {mutate} from '../mutate.js';

/** A lab pack from a stranger: files of real labs, damaged. Each mistake must be told with its line. */
const family: Family = {
	name: 'labs',
	open() {
		const folder = labsFolder();
		const labs = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory() && !entry.name.startsWith('.'));
		const packs = labs.map(({name}) => readLabFiles(path.join(folder, name))).filter(files => files.has('lab.yaml'));
		return {
			draw(random) {
				const files = new Map(random.pick(packs));
				const name = random.chance(4, 5) ? 'lab.yaml' : random.pick([...files.keys()]);
				if (random.chance(1, 20)) files.delete(name);
				else
					files.set(
						random.chance(1, 20) ? random.pick(['__proto__', '../out.yaml', 'setup/x.yaml', '']) : name,
						mutate(random, files.get(name)!),
					);
				return JSON.stringify([...files]);
			},
			take(input) {
				const {lab, problems} = loadLab(new Map(JSON.parse(input)), 'labs/fuzzed');
				if (!lab && problems.length === 0) return 'neither a lab nor a problem';
				const vague = problems.find(({line, column, message}) => !(line >= 1) || !(column >= 1) || /undefined|\[object/.test(message));
				return vague && `a problem that says nothing: ${JSON.stringify(vague)}`;
			},
		};
	},
};
export default family;
