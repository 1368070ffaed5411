import {byText, type Student} from './class-report.js';
import {readCsv} from './csv.js';

export interface RosterEntry extends Student {
	/** Lower-case words of which one stands in the name of the student's file. */
	readonly keys: readonly string[];
}

/** What the columns of a roster may be called. */
const columns = {
	name: ['name', 'student', 'full name', 'fullname', '姓名', '学生', '名字'],
	id: ['id', 'student id', 'studentid', 'id number', 'number', 'username', '学号', '编号', '用户名'],
	file: ['file', 'filename', 'email', 'email address', 'login', '文件', '文件名', '邮箱'],
};

/** Throws a `SyntaxError` that says what is wrong with it. */
export function readRoster(text: string): RosterEntry[] {
	const [head = [], ...rows] = readCsv(text);
	const at = (names: readonly string[]) => head.findIndex(each => names.includes(each.toLowerCase()));
	const places = {name: at(columns.name), id: at(columns.id), file: at(columns.file)};
	if (places.name === -1) throw new SyntaxError(`it has no column "name" (or 姓名); its first row is: ${head.join(', ').slice(0, 80)}`);
	return rows.flatMap((row, at) => {
		const [name = '', id, file] = [row[places.name], row[places.id], row[places.file]];
		if (!name) return [];
		const keys = [id, file, file?.replace(/@.*$/, ''), name].filter(each => each !== undefined && each !== '').map(fold);
		return [{name, ...(id && {id}), row: at, keys: [...new Set(keys)]}];
	});
}

const fold = (text: string | undefined) => (text ?? '').normalize('NFC').toLowerCase();

/** Tells whose each file is: a roster's word for it, else the folder when it holds one file alone, else the file's own name. */
export function nameStudents(files: readonly string[], roster: readonly RosterEntry[], labs: readonly string[]): Map<string, Student> {
	const inFolder = new Map<string, number>();
	for (const file of files) inFolder.set(folderOf(file), (inFolder.get(folderOf(file)) ?? 0) + 1);
	return new Map(
		files.map(file => {
			const entry = rosterEntryOf(file, roster);
			if (entry) return [file, studentOf(entry)];
			const folder = folderOf(file);
			const alone = folder !== '' && inFolder.get(folder) === 1;
			return [file, {name: cleanName(alone ? folder.split('/').at(-1)! : file.split('/').at(-1)!, labs)}];
		}),
	);
}

export const absentStudents = (roster: readonly RosterEntry[], students: Iterable<Student>): RosterEntry[] => {
	const present = new Set([...students].map(({id, name}) => `${id}\n${name}`));
	return roster.filter(({id, name}) => !present.has(`${id}\n${name}`));
};

export const studentOf = ({keys, ...student}: RosterEntry): Student => student;

const folderOf = (file: string) => file.slice(0, Math.max(0, file.lastIndexOf('/')));

function rosterEntryOf(file: string, roster: readonly RosterEntry[]): RosterEntry | undefined {
	const path = fold(file);
	// The longest key wins: "zhang" must not take the file of "zhang-wei".
	const fits = roster.flatMap(entry => entry.keys.filter(key => standsIn(path, key)).map(key => ({entry, key})));
	return fits.sort((a, b) => b.key.length - a.key.length || byText(a.key, b.key))[0]?.entry;
}

/** As a whole word: student 12 does not own the file of student 120. Chinese is written without gaps, so there any place will do. */
function standsIn(path: string, key: string): boolean {
	for (let at = path.indexOf(key); at !== -1; at = path.indexOf(key, at + 1)) {
		const around = [path[at - 1] ?? '', path[at + key.length] ?? ''];
		if (!around.some(each => /[a-z0-9]/.test(each) && /[a-z0-9]/.test(key))) return true;
	}
	return false;
}

/** `张三_1024_assignsubmission_file_ipvs-switch.sh` is how Moodle packs what 张三 handed in. */
function cleanName(name: string, labs: readonly string[]): string {
	const stem = name.replace(/_\d+_assignsubmission_.*$/, '').replace(/(?:\.(?:sh|bash|txt|log|json|md|zip|kubelab))+$/i, '');
	const without = labs.reduce((text, lab) => text.replace(lab, ''), stem).replace(/^[\s_.-]+|[\s_.-]+$/g, '');
	return without || stem || name;
}
