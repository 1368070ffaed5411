import path from 'node:path';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {type CliCommand, exitStatus, inputError, usageError} from '../command.js';
import type {Host} from '../host.js';
import {labsFolder, readCourse, readLabFiles} from '../lab-files.js';

const command: CliCommand = {
	name: 'lab',
	summary: 'Author labs: new, validate, test, import, schema',
	usage: 'lab new PATH | lab validate|test [PATH...] | lab import killercoda FOLDER PATH | lab schema',
	options: {
		json: {type: 'boolean', help: 'one JSON object a line, nothing else'},
		'no-mutants': {type: 'boolean', help: 'test: do not try slips in the solutions'},
		threads: {type: 'string', value: 'N', help: 'test: how many threads (default: one a core)'},
	},
	words: {min: 1, max: 100},
	async run([verb = '', ...paths], options, host) {
		switch (verb) {
			case 'validate':
				return validateLabs(await foldersOf(paths), Boolean(options['json']), host);
			case 'test': {
				const {testLabs} = await import('../lab-test.js');
				return testLabs(
					await foldersOf(paths),
					{
						json: Boolean(options['json']),
						mutants: !options['no-mutants'],
						...(options['threads'] !== undefined && {threads: Number(options['threads'])}),
					},
					host,
				);
			}
			case 'schema': {
				const {labJsonSchema} = await import('../../lab/format/json-schema.js');
				await host.out(`${JSON.stringify(labJsonSchema(), undefined, '\t')}\n`);
				return exitStatus.done;
			}
			case 'new': {
				const {newLab} = await import('../lab-new.js');
				return newLab(paths[0], host);
			}
			case 'import': {
				const {importLab} = await import('../lab-import.js');
				return importLab(paths, host);
			}
			default:
				throw usageError(`there is no "kubelab lab ${verb}"; write new, validate, test, import or schema.`);
		}
	},
};
export default command;

/** The folders named, each a lab or a folder of labs; all labs of the course when none is named. */
async function foldersOf(paths: readonly string[]): Promise<string[]> {
	if (paths.length === 0) return (await readCourse()).labs.map(id => path.join(labsFolder(), id));
	return paths.flatMap(each => {
		if (existsSync(path.join(each, 'lab.yaml'))) return each;
		if (existsSync(path.join(labsFolder(), each, 'lab.yaml'))) return path.join(labsFolder(), each);
		const pack = [each, path.join(each, 'labs')].map(labsIn).find(labs => labs.length > 0);
		if (pack) return pack;
		throw inputError(`there is no lab.yaml in "${each}"; name the folder of a lab or of a pack.`);
	});
}

/** A pack is a folder of labs; a package keeps it as `labs/`. */
const labsIn = (pack: string): string[] =>
	existsSync(pack) && statSync(pack).isDirectory()
		? readdirSync(pack)
				.sort()
				.map(name => path.join(pack, name))
				.filter(folder => existsSync(path.join(folder, 'lab.yaml')))
		: [];

/** Labs of one pack may require each other. */
const siblings = (folder: string) =>
	readdirSync(path.dirname(path.resolve(folder)), {withFileTypes: true})
		.filter(entry => entry.isDirectory())
		.map(entry => entry.name);

async function validateLabs(folders: readonly string[], json: boolean, host: Host): Promise<number> {
	const {loadLab} = await import('../../lab/format/load.js');
	const {problemText} = await import('../../lab/format/yaml-text.js');
	const {prerequisiteCircle} = await import('../lab-circle.js');
	const {labs} = await readCourse();
	let bad = 0;
	for (const folder of folders) {
		const loaded = loadLab(readLabFiles(folder), path.relative('', path.resolve(folder)) || folder, [...labs, ...siblings(folder)]);
		const problems = loaded.lab ? prerequisiteCircle(folder, loaded.lab) : loaded.problems;
		if (problems.length > 0) bad++;
		if (json) await host.out(problems.map(problem => `${JSON.stringify(problem)}\n`).join(''));
		else await host.out(problems.length > 0 ? problems.map(problem => `${problemText(problem)}\n`).join('') : `${folder}: valid\n`);
	}
	return bad > 0 ? exitStatus.input : exitStatus.done;
}
