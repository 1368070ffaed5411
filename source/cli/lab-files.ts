import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {nearest} from '../checks/nearest.js';
import {type LabCard, readCard} from '../lab/card.js';
import type {Course} from '../lab/course.js';
import type {Lab, LabFiles} from '../lab/lab.js';
import type {Problem} from '../lab/format/yaml-text.js';
import {inputError} from './command.js';

/** `labs/` stands beside `dist/` in the package, and beside `source/` in the repository. */
export function labsFolder(): string {
	for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
		const candidate = path.join(folder, 'labs');
		if (existsSync(path.join(candidate, 'course.yaml'))) return candidate;
		if (folder === path.dirname(folder)) throw new Error('the folder labs/ is missing from this installation');
	}
}

/** More than any lab needs: a folder beyond this was named by mistake. */
const filesMax = 500;
const bytesMax = 8 * 2 ** 20;

/** All text files of a lab's folder, two levels deep. What is no plain file is refused aloud: a link may lead out of the folder, a device has no end. */
export function readLabFiles(folder: string): LabFiles {
	const files = new Map<string, string>();
	let bytes = 0;
	const read = (below: string) => {
		for (const entry of readdirSync(path.join(folder, below), {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1))) {
			const name = below ? `${below}/${entry.name}` : entry.name;
			if (entry.name.startsWith('.')) continue;
			if (entry.isDirectory() && !below) read(name);
			if (entry.isDirectory()) continue;
			if (!entry.isFile())
				throw inputError(
					`${path.join(folder, name)} is ${entry.isSymbolicLink() ? 'a link' : 'no plain file'}; a lab folder holds plain files only.`,
				);
			bytes += statSync(path.join(folder, name)).size;
			if (files.size >= filesMax || bytes > bytesMax)
				throw inputError(
					`${folder} holds more than ${filesMax} files or ${bytesMax / 2 ** 20} MiB (reached with ${name}); that is no lab folder.`,
				);
			files.set(name, readUtf8(path.join(folder, name)));
		}
	};
	read('');
	return files;
}

/** Another encoding would put question marks into what learners read. */
function readUtf8(file: string): string {
	const bytes = readFileSync(file);
	const text = bytes.toString('utf8');
	const at = text.indexOf('\uFFFD');
	if (at < 0 || Buffer.from(text, 'utf8').equals(bytes)) return text;
	const line = text.slice(0, at).split('\n').length;
	throw inputError(`${file}:${line}: this line is not UTF-8; save the file in that encoding.`);
}

export async function readCourse(): Promise<Course> {
	const {loadCourse} = await import('../lab/course.js');
	const file = path.join(labsFolder(), 'course.yaml');
	const {course, problems} = loadCourse(readFileSync(file, 'utf8'), 'labs/course.yaml');
	if (!course) throw inputError(await problemLines(problems));
	return course;
}

/** A lab by its id, or by the path of its folder. */
export async function findLab(name: string): Promise<Lab> {
	const {loadLab} = await import('../lab/format/load.js');
	const folder = await findFolder(name);
	const {lab, problems} = loadLab(readLabFiles(folder), path.relative('', folder) || folder);
	if (!lab) throw inputError(`the lab "${name}" is not valid:\n${await problemLines(problems)}`);
	return lab;
}

/** What the list of labs shows of one. */
export function readLabCard(id: string): LabCard | undefined {
	const file = path.join(labsFolder(), id, 'lab.yaml');
	return existsSync(file) ? readCard(readFileSync(file, 'utf8')) : undefined;
}

/** Where a lab lies, by its id or the path of its folder. */
export async function findFolder(name: string): Promise<string> {
	if (/[\\/]/.test(name) || name === '.') {
		if (existsSync(path.join(name, 'lab.yaml'))) return path.resolve(name);
		throw inputError(`there is no lab.yaml in "${name}"; name a lab's folder, or one of "kubelab list".`);
	}
	const folder = path.join(labsFolder(), name);
	if (/^[a-z0-9-]+$/.test(name) && existsSync(path.join(folder, 'lab.yaml'))) return folder;
	const near = nearest(name, (await readCourse()).labs);
	throw inputError(`there is no lab "${name}"${near ? `; did you mean "${near}"` : ''}? "kubelab list" shows all.`);
}

async function problemLines(problems: readonly Problem[]): Promise<string> {
	const {problemText} = await import('../lab/format/yaml-text.js');
	return problems.map(problemText).join('\n');
}
